package io.firesteel.bench;

import io.firesteel.array.Init;
import io.firesteel.array.Shape;
import io.firesteel.internal.gradient.AggregationPlan;
import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.gradient.SparkGradients;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.ShardRangeRdd;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import java.io.IOException;
import java.util.List;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.runtime.AbstractFunction1;

/**
 * Thousands of steps, by {@code spark} and {@code spark-slices} in turn, and what they leave behind over time: heap of
 * the driver and of the executors after a collection, and the blocks of broadcasts and shuffles that the driver knows
 * of.
 *
 * <p>{@code Endurance MASTER STEPS} (further arguments as for {@link StepOverhead}), for example {@code Endurance
 * local-cluster[2,1,1024] 10000}.
 */
public final class Endurance {
    private static final int TASKS = 4;

    private Endurance() {}

    public static void main(String[] args) throws IOException {
        int steps = Integer.parseInt(args[1]);
        ModelSpec model = new ModelSpec(
                new Shape(StepOverhead.FEATURES),
                Normalization.NONE,
                new Sequential(List.of(new Dense(100, true, new Init.Zeros()))),
                new SquaredError(),
                1);
        float[] params = new float[model.layout().size()];
        int[] starts = new ReductionTree(TASKS).ranges(TASKS);
        WorkerConfig job = new WorkerConfig("endurance", model, TASKS, TASKS, 1, null);
        try (JavaSparkContext spark = StepOverhead.spark(args[0]);
                ThreadTeam team = new ThreadTeam(2)) {
            JavaRDD<ShardRange> shardRanges =
                    ShardRangeRdd.of(StepOverhead.data(TASKS).shardRanges(spark, starts));
            GradientSource[] sources = new GradientSource[2];
            for (int i = 0; i < 2; i++)
                sources[i] = new SparkGradients(
                        AggregationPlan.of(AggregationPlan.NAMES.get(2 + i), spark, starts, TASKS, params.length),
                        spark,
                        shardRanges,
                        job,
                        starts,
                        team,
                        new PhaseTimes());
            System.out.printf(
                    "%8s %10s %14s %10s %10s%n", "step", "driver MB", "executors MB", "broadcasts", "shuffles");
            for (int step = 0; step <= steps; step++) {
                sources[step % 2].sum(params, new Batch(step, 0, 0, TASKS));
                if (step % (steps / 20) == 0) line(step, shardRanges);
            }
        }
    }

    private static void line(int step, JavaRDD<ShardRange> shardRanges) {
        double driver = heap();
        List<Double> executors = shardRanges.map(shardRange -> heap()).collect();
        int blocks = SparkEnv.get()
                .blockManager()
                .getMatchingBlockIds(new Broadcasts())
                .size();
        int shuffles = ((MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker())
                .shuffleStatuses()
                .size();
        System.out.printf(
                "%8d %10.1f %14.1f %10d %10d%n",
                step,
                driver,
                executors.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                blocks,
                shuffles);
    }

    private static double heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1e6;
    }

    private static final class Broadcasts extends AbstractFunction1<org.apache.spark.storage.BlockId, Object> {
        @Override
        public Object apply(org.apache.spark.storage.BlockId id) {
            return id.isBroadcast();
        }
    }
}
