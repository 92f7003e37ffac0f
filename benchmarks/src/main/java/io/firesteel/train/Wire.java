package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.array.Init;
import io.firesteel.array.Shape;
import io.firesteel.data.BadRows;
import io.firesteel.data.Csv;
import io.firesteel.data.Dataset;
import io.firesteel.data.Dealing;
import io.firesteel.data.Portion;
import io.firesteel.data.Validation;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Layer;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.Model;
import io.firesteel.model.Normalization;
import io.firesteel.optim.Schedule.Constant;
import io.firesteel.optim.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * What a step costs beyond compute: sum, norms, division and update, from every source and from Spark's own
 * treeAggregate, against an empty job over the same partitions. Batches have no rows: shards fill their gradients with
 * zeros, which stands for what a backward pass writes; "zeros" is that alone, on the threads of in-process. All take
 * turns in one run, so that whatever disturbs the machine disturbs them alike; figures are medians, of ratios too.
 *
 * <p>{@code Wire MASTER [seconds of warm-up] [seconds] [PARAMETERS:PARTITIONS,...]}, for example {@code Wire
 * local-cluster[2,1,2048] 10 10 1e5:2,1e6:2,1e6:16}. Lives in this package to reach the sources themselves.
 */
public final class Wire {
    static final int FEATURES = 100;
    private static final int SHARDS = 256;

    private final JavaSparkContext spark;
    private final double warm;
    private final double seconds;

    private Wire(JavaSparkContext spark, double warm, double seconds) {
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
                "%n%s%n%-16s %8s  %s%n", master, "P:partitions", "empty ms", "median ratios to the empty job");
        try (JavaSparkContext spark = spark(master)) {
            for (String one : cases.split(",")) {
                String[] parts = one.split(":");
                new Wire(spark, warm, seconds)
                        .measure(one, (int) Double.parseDouble(parts[0]), Integer.parseInt(parts[1]));
            }
        }
    }

    /** As the training command would set it, with executors from this class path. */
    static JavaSparkContext spark(String master) throws IOException {
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .set("spark.ui.enabled", "false")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        if (System.getenv("SPARK_HOME") != null) Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        SparkDefaults.apply(conf, 10_000_000, SHARDS);
        return new JavaSparkContext(conf);
    }

    /** One step; what it leaves behind is void. */
    private interface Step {
        float[] gradient(float[] params, Batch batch);
    }

    private void measure(String name, int floats, int partitions) throws IOException {
        Model model = model(floats);
        int size = model.layout().size(), shards = Math.min(SHARDS, partitions);
        int[] starts = new Tree(shards).ranges(partitions);
        Job job = new Job(name, model, shards, shards, 1, null);
        JavaRDD<Portion> portions = Dealing.over(spark, data(shards), starts);
        portions.count();
        try (Team team = new Team(Runtime.getRuntime().availableProcessors())) {
            Map<String, Step> steps = new LinkedHashMap<>();
            steps.put("empty", (params, batch) -> {
                spark.sc().runJob(portions.rdd(), new Empty(), ClassTag$.MODULE$.apply(Object.class));
                return null;
            });
            Map<String, Phases> ledgers = new LinkedHashMap<>();
            if (spark.master().startsWith("local[")) {
                Phases phases = new Phases();
                ledgers.put("in-process", phases);
                Gradients threads = new InProcess(job, Dealing.inThisProcess(portions), team, phases);
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
            for (String source : List.of("spark", "spark-slices")) {
                Phases phases = new Phases();
                ledgers.put(source, phases);
                Gradients gradients = new OnSpark(
                        Route.of(source, spark, starts, shards, size), spark, portions, job, starts, team, phases);
                steps.put(
                        source, (params, batch) -> gradients.sum(params, batch).gradient());
            }
            Squares squares = new Squares(model.layout());
            steps.put("treeAggregate", (params, batch) -> {
                float[] gradient = treeAggregate(portions, params);
                squares.of(gradient, team, (member, from, to) -> {});
                return gradient;
            });
            times(name, steps, ledgers, model, team);
        } finally {
            portions.unpersist(true);
        }
    }

    /** Every step in turn, until the time is over. */
    private void times(String name, Map<String, Step> steps, Map<String, Phases> ledgers, Model model, Team team) {
        String[] names = steps.keySet().toArray(String[]::new);
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
                new Run.Checkpoint(0, 0, 0, 1, false));
        State state = new State(model.layout(), run.optimizer(), run.seed());
        Update update = new Update(run, model.layout(), team);
        double[][] took = new double[names.length][10_000];
        int rounds = 0;
        long begin = System.nanoTime();
        Map<String, Map<String, Double>> before = Map.of();
        for (boolean warming = true; rounds < took[0].length; rounds++) {
            double passed = (System.nanoTime() - begin) / 1e9;
            if (warming && passed > warm) {
                warming = false;
                rounds = 0;
                before = ledgers.keySet().stream()
                        .collect(Collectors.toMap(
                                k -> k, k -> Map.copyOf(ledgers.get(k).seconds())));
            }
            if (!warming && passed > warm + seconds && rounds > 10) break;
            for (int i = 0; i < names.length; i++) {
                Batch none = new Batch(rounds, 0, 0, 0);
                long start = System.nanoTime();
                float[] gradient = steps.get(names[i]).gradient(state.params, none);
                if (gradient != null) update.apply(state, gradient, 1, 0.1);
                took[i][rounds] = (System.nanoTime() - start) / 1e6;
            }
        }
        StringBuilder line = new StringBuilder();
        int n = rounds;
        for (int i = 1; i < names.length; i++) {
            double[] mine = took[i], empty = took[0];
            line.append("  %s %.2f"
                    .formatted(names[i], median(IntStream.range(0, n).mapToDouble(r -> mine[r] / empty[r]))));
        }
        System.out.printf("%-16s %8.2f %s  (%d rounds)%n", name, median(Arrays.stream(took[0], 0, n)), line, n);
        for (String source : ledgers.keySet()) {
            StringBuilder phases = new StringBuilder();
            Map<String, Double> was = before.get(source);
            ledgers.get(source)
                    .seconds()
                    .forEach((phase, sum) -> phases.append(
                            "  %s %.2f".formatted(phase, 1e3 * (sum - was.getOrDefault(phase, 0.0)) / n)));
            System.out.printf("%16s %-14s%s ms a step, means%n", "", source, phases);
        }
    }

    private static double median(java.util.stream.DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Model model(int floats) {
        Layer dense = new Dense(floats / (FEATURES + 1), true, new Init.Zeros());
        return new Model(
                new Shape(FEATURES), Normalization.NONE, new Sequential(List.of(dense)), new SquaredError(), 1);
    }

    static Dataset data(int rows) throws IOException {
        Path file = Files.createTempFile("firesteel-wire", ".csv");
        file.toFile().deleteOnExit();
        String names = IntStream.range(0, FEATURES).mapToObj(i -> "f" + i).collect(Collectors.joining(","));
        String row = names.replaceAll("f\\d+", "0.5") + ",1\n";
        Files.writeString(file, names + ",label\n" + row.repeat(rows));
        return new Dataset(
                new Csv(file.toString(), "label", null, null, null, ",", new BadRows.Fail()),
                null,
                Validation.NONE,
                2,
                rows,
                1);
    }

    /** As MLlib does it, with vectors that travel as bulk bytes here too. */
    private float[] treeAggregate(JavaRDD<Portion> portions, float[] params) {
        Broadcast<Flat> flat = spark.broadcast(new Flat(params));
        try {
            return portions.treeAggregate(null, new Zeros(flat), new Add(), 2).values();
        } finally {
            flat.destroy();
        }
    }

    private record Zeros(Broadcast<Flat> params) implements Function2<Flat, Portion, Flat> {
        @Override
        public Flat call(Flat sum, Portion portion) {
            return new Flat(new float[params.value().values().length]);
        }
    }

    private record Add() implements Function2<Flat, Flat, Flat> {
        @Override
        public Flat call(Flat left, Flat right) {
            if (left == null || right == null) return left == null ? right : left;
            Floats.add(right.values(), left.values(), 0, left.values().length);
            return left;
        }
    }

    private static final class Empty extends Task<Portion, Object> {
        private static final long serialVersionUID = 1;

        @Override
        public Object apply(TaskContext context, Iterator<Portion> portions) {
            return null;
        }
    }
}
