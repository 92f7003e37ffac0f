package io.firesteel.internal.gradient;

import io.firesteel.internal.block.Block;
import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.layer.LayerParser;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.loss.TargetKind;
import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Loads native libraries and classes before Spark gives an executor its first task, so that a replacement for a lost
 * executor does not delay a step. Spark runs it where {@code spark.plugins} names it, as soon as the executor has its
 * jars.
 */
public final class ExecutorWarmUp implements SparkPlugin {
    private static final Logger LOG = System.getLogger("io.firesteel");
    private static final String NET =
            "28x28x1 -> conv2d(8, 5) relu maxpool2d(2) flatten -> dense(64) relu -> dense(10)";
    private static final int PASSES = 10;

    @Override
    public DriverPlugin driverPlugin() {
        return null;
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> settings) {
                if (context.executorID().equals("driver")) return; // a local master replaces nobody
                long start = System.nanoTime();
                try {
                    warm();
                    LOG.log(Level.INFO, "warmed up in {0} ms", (System.nanoTime() - start) / 1_000_000);
                } catch (RuntimeException | LinkageError e) { // the first task meets it again, and can tell the driver
                    LOG.log(Level.WARNING, "warm-up: " + e.getMessage(), e);
                }
            }
        };
    }

    /** Passes of a small net, then a step without rows: its task and its result go through Spark's serializers. */
    private static void warm() {
        LayerParser net = LayerParser.parse(NET);
        ModelSpec model = new ModelSpec(
                net.input(), Normalization.NONE, new Sequential(net.layers()), new SoftmaxCrossEntropy(), 1);
        WorkerConfig job = new WorkerConfig("warm-up", model, 1, 1, 0, ProcessCheck.fingerprint());
        Block rows = new Block(new RowSchema(model.input(), FeatureKind.BYTES, TargetKind.CLASS, model.targets()));
        Batch none = new Batch(0, 0, 0, 0);
        float[] params = new float[model.layout().size()];
        CompiledModel program = new CompiledModel(model, job.passRows());
        for (int pass = 0; pass < PASSES; pass++) program.gradient(params, program.maxRows(), new float[params.length]);
        try (ThreadTeam team = new ThreadTeam(1)) {
            GradientTask.ShardGradients task = trip(
                    SparkEnv.get().closureSerializer().newInstance(), new GradientTask.ShardGradients(job, null, none));
            ParallelShardSum sum = new ParallelShardSum(
                    new ReductionTree(1), 0, 1, new ParallelShardSum.Threads(team, () -> new ShardWorker(task.job)));
            sum.gradients((split, shard) -> rows, params, none);
            trip(
                    SparkEnv.get().serializer().newInstance(),
                    sum.merge(params.length).get(0));
        }
    }

    private static <T> T trip(SerializerInstance serializer, T object) {
        ClassTag<T> tag = ClassTag$.MODULE$.apply(object.getClass());
        return serializer.deserialize(
                serializer.serialize(object, tag), Thread.currentThread().getContextClassLoader(), tag);
    }
}
