package io.firesteel.bench;

import io.firesteel.array.Floats;
import io.firesteel.array.Init;
import io.firesteel.array.Shape;
import io.firesteel.internal.gradient.AggregationPlan;
import io.firesteel.internal.gradient.FloatSlice;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.LocalGradients;
import io.firesteel.internal.gradient.PartitionTask;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.gradient.SliceNorms;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.persistent.ClusterGradients;
import io.firesteel.internal.shard.LocalCollect;
import io.firesteel.internal.shard.PackedDataset;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.ShardRangeRdd;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Layer;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.optim.Sgd;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.schedule.Constant;
import io.firesteel.source.Csv;
import io.firesteel.source.Source;
import io.firesteel.train.ParameterUpdate;
import io.firesteel.train.Run;
import io.firesteel.train.SparkDefaults;
import io.firesteel.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * The cost of a step beyond compute: sum, norms, division and update, for every gradient source and for Spark's own
 * treeAggregate, compared with an empty job over the same partitions. Batches have no rows: shards fill their gradients
 * with zeros, in place of a backward pass; "zeros" is that alone, on the threads of in-process. They take turns of half
 * a second in one run, so that disturbances of the machine affect all alike; figures are medians, also of ratios.
 *
 * <p>{@code StepOverhead MASTER [seconds of warm-up] [seconds] [PARAMETERS:PARTITIONS,...]}, for example
 * {@code StepOverhead local-cluster[2,1,2048] 10 10 1e5:2,1e6:2,1e6:16}.
 */
public final class StepOverhead {
    static final int FEATURES = 100;
    private static final int SHARDS = 256;

    private final JavaSparkContext spark;
    private final double warm;
    private final double seconds;

    private StepOverhead(JavaSparkContext spark, double warm, double seconds) {
        this.spark = spark;
        this.warm = warm;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws IOException {
        String master = args.length > 0 ? args[0] : "local[2]";
        double warm = args.length > 1 ? Double.parseDouble(args[1]) : 10;
        double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 10;
        String cases = args.length > 3 ? args[3] : "1e5:2,1e6:2,1e6:16,1e5:64,1e5:256";
        System.out.printf(
                "%n%s%n%-12s   %s%n",
                master, "P:partitions", "median ratio to an empty job, and milliseconds, of a step");
        try (JavaSparkContext spark = spark(master)) {
            for (String one : cases.split(",")) {
                String[] parts = one.split(":");
                new StepOverhead(spark, warm, seconds)
                        .measure(one, (int) Double.parseDouble(parts[0]), Integer.parseInt(parts[1]));
            }
        }
    }

    /** Settings as the train command makes them, with executors on this class path. */
    static JavaSparkContext spark(String master) throws IOException {
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .set("spark.ui.enabled", "false")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        if (System.getenv("SPARK_HOME") != null) Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        SparkDefaults.apply(conf, 10_000_000, SHARDS);
        return new JavaSparkContext(conf);
    }

    private void measure(String name, int floats, int partitions) throws IOException {
        ModelSpec model = model(floats);
        int size = model.layout().size(), shards = Math.min(SHARDS, partitions);
        int[] starts = new ReductionTree(shards).ranges(partitions);
        WorkerConfig job = new WorkerConfig(name, model, shards, shards, 1, null);
        JavaRDD<ShardRange> shardRanges = ShardRangeRdd.of(data(spark, shards).shardRanges(spark, starts));
        shardRanges.count();
        try (ThreadTeam team = team(size)) {
            Map<String, StepTurns.Step> steps = new LinkedHashMap<>();
            steps.put("empty", (params, batch) -> {
                spark.sc().runJob(shardRanges.rdd(), new Empty(), ClassTag$.MODULE$.apply(Object.class));
                return null;
            });
            Map<String, PhaseTimes> ledgers = new LinkedHashMap<>();
            List<GradientSource> sources = new ArrayList<>();
            if (spark.master().startsWith("local[")) {
                PhaseTimes phases = new PhaseTimes();
                ledgers.put("in-process", phases);
                GradientSource threads = new LocalGradients(job, LocalCollect.local(shardRanges), team, phases);
                steps.put(
                        "in-process",
                        (params, batch) -> threads.sum(params, batch).gradient());
                float[][] vectors = new float[team.size()][size];
                steps.put("zeros", (params, batch) -> {
                    team.run(member -> {
                        for (int shard = member; shard < shards; shard += team.size()) Arrays.fill(vectors[member], 0);
                    });
                    return null;
                });
            }
            for (String source : List.of("spark", "spark-slices", AggregationPlan.PERSISTENT)) {
                PhaseTimes phases = new PhaseTimes();
                ledgers.put(source, phases);
                GradientSource gradients = ClusterGradients.of(
                        AggregationPlan.of(source, spark, starts, shards, size),
                        spark,
                        shardRanges,
                        job,
                        starts,
                        team,
                        phases);
                sources.add(gradients);
                steps.put(
                        source, (params, batch) -> gradients.sum(params, batch).gradient());
            }
            SliceNorms squares = new SliceNorms(model.layout());
            steps.put("treeAggregate", (params, batch) -> {
                float[] gradient = treeAggregate(shardRanges, params);
                squares.of(gradient, team, (member, from, to) -> {});
                return gradient;
            });
            new StepTurns(steps, ledgers, state(model), update(model, team)).run(name, warm, seconds);
            sources.forEach(GradientSource::close);
        } finally {
            shardRanges.unpersist(true);
        }
    }

    private ThreadTeam team(int floats) {
        int cores = Runtime.getRuntime().availableProcessors();
        return spark.master().startsWith("local[") ? new ThreadTeam(cores) : ThreadTeam.sharing(cores, floats);
    }

    private static TrainingState state(ModelSpec model) {
        return new TrainingState(model.layout(), new Sgd(), 1, model.summary());
    }

    private static ParameterUpdate update(ModelSpec model, ThreadTeam team) {
        Run run = new Run(
                null,
                Normalization.NONE,
                model.net().layers(),
                model.loss(),
                new Sgd(),
                new Constant(0.1),
                0,
                1,
                1,
                1,
                1,
                false,
                new Run.Stop(0),
                new Run.CheckpointPolicy(0, 0, 0, 1, false),
                null,
                null);
        return new ParameterUpdate(run, model.layout(), team);
    }

    private static ModelSpec model(int floats) {
        Layer dense = new Dense(floats / (FEATURES + 1), true, new Init.Zeros());
        return new ModelSpec(
                new Shape(FEATURES), Normalization.NONE, new Sequential(List.of(dense)), new SquaredError(), 1);
    }

    static PackedDataset data(JavaSparkContext spark, int rows) throws IOException {
        Path file = Files.createTempFile("firesteel-wire", ".csv");
        file.toFile().deleteOnExit();
        String names = IntStream.range(0, FEATURES).mapToObj(i -> "f" + i).collect(Collectors.joining(","));
        String row = names.replaceAll("f\\d+", "0.5") + ",1\n";
        Files.writeString(file, names + ",label\n" + row.repeat(rows));
        Source source = new Csv(file.toString(), "label", null, null, null, ",", new BadRows.Fail());
        return PackedDataset.of(
                spark,
                source,
                null,
                source.schema(),
                2,
                new PackedDataset.Plan(ValidationSplit.NONE, rows, 1, RowStorage.MEMORY_AND_DISK));
    }

    /** As MLlib does it, also with vectors serialized as raw bytes. */
    private float[] treeAggregate(JavaRDD<ShardRange> shardRanges, float[] params) {
        Broadcast<FloatSlice> flat = spark.broadcast(new FloatSlice(params));
        try {
            return shardRanges
                    .treeAggregate(null, new ZeroGradients(flat), new Add(), 2)
                    .values();
        } finally {
            flat.destroy();
        }
    }

    private record ZeroGradients(Broadcast<FloatSlice> params)
            implements Function2<FloatSlice, ShardRange, FloatSlice> {
        @Override
        public FloatSlice call(FloatSlice sum, ShardRange shardRange) {
            return new FloatSlice(new float[params.value().values().length]);
        }
    }

    private record Add() implements Function2<FloatSlice, FloatSlice, FloatSlice> {
        @Override
        public FloatSlice call(FloatSlice left, FloatSlice right) {
            if (left == null || right == null) return left == null ? right : left;
            Floats.add(right.values(), left.values(), 0, left.values().length);
            return left;
        }
    }

    private static final class Empty extends PartitionTask<ShardRange, Object> {
        private static final long serialVersionUID = 1;

        @Override
        public Object apply(TaskContext context, Iterator<ShardRange> shardRanges) {
            return null;
        }
    }
}
