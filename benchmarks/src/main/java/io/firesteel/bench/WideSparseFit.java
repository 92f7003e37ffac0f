package io.firesteel.bench;

import io.firesteel.array.Random64;
import io.firesteel.ml.NetClassificationModel;
import io.firesteel.ml.NetClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table of 1,000,000 sparse vectors of 100,000 features, 50 of them non-zero, through one epoch of a network with a
 * dense first layer: seconds and memory. As dense rows they would be 400 GB. The class is whether most of a row's
 * features are in the first third.
 *
 * <p>{@code WideSparseFit MASTER [ROWS]}, for example {@code WideSparseFit local[2]}.
 */
public final class WideSparseFit {
    private static final int FEATURES = 100_000, PRESENT = 50, PARTS = 8;

    private WideSparseFit() {}

    public static void main(String[] args) throws IOException {
        long rows = args.length > 1 ? Long.parseLong(args[1]) : 1_000_000;
        try (JavaSparkContext spark = StepOverhead.spark(args[0])) {
            NetClassifier net = new NetClassifier()
                    .setLayers(FEATURES + " -> dense(16) relu -> dense(2)")
                    .setBatchSize(4096)
                    .setEpochs(1)
                    .setLearningRate(0.01)
                    .setStandardization(false)
                    .setValidationFraction(0.01);
            long start = System.nanoTime();
            NetClassificationModel model = net.fit(table(rows));
            var summary = model.summary().run();
            System.out.printf(
                    "%d rows, heap of at most %d MB: fit %.1f s, of that steps %.1f s; validation accuracy %.4f%n",
                    rows,
                    Runtime.getRuntime().maxMemory() >> 20,
                    (System.nanoTime() - start) / 1e9,
                    summary.get("trainSeconds").doubleValue(),
                    summary.at("/metrics/valAccuracy").doubleValue());
            Path status = Path.of("/proc/self/status");
            if (Files.isReadable(status))
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .forEach(System.out::println);
        }
    }

    private static Dataset<Row> table(long rows) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        StructType schema =
                new StructType().add("label", DataTypes.IntegerType).add("features", SQLDataTypes.VectorType());
        return spark.createDataFrame(spark.range(0, rows, 1, PARTS).javaRDD().map(WideSparseFit::row), schema);
    }

    private static Row row(long number) {
        Random64 random = new Random64(1, number);
        int third = FEATURES / 3, first = 0;
        boolean often = number % 2 == 0;
        TreeSet<Integer> places = new TreeSet<>();
        while (places.size() < PRESENT) places.add(random.nextInt(often && random.nextInt(2) == 0 ? third : FEATURES));
        for (int place : places) first += place < third ? 1 : 0;
        double[] values = new double[PRESENT];
        for (int k = 0; k < PRESENT; k++) values[k] = 1 + random.nextInt(3);
        return RowFactory.create(
                2 * first > PRESENT ? 1 : 0,
                Vectors.sparse(
                        FEATURES, places.stream().mapToInt(Integer::intValue).toArray(), values));
    }
}
