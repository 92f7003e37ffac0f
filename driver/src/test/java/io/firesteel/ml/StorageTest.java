package io.firesteel.ml;

import static io.firesteel.ml.Points.bits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the rows of a table wait while a net learns them. */
class StorageTest {
    private static final long LARGE = 100_000;
    private static final int BYTES = 48 * 48 * 3;

    @TempDir
    Path folder;

    @Test
    void theBitsAndTheCheckpointsFolderAreTheSameWhereverRowsWait() throws IOException {
        try (JavaSparkContext context = Fixture.spark("local[2]")) {
            SparkSession spark =
                    SparkSession.builder().config(context.getConf()).getOrCreate();
            NetClassifier dense = net("9 -> dense(3)"), images = net("3x3x1 -> flatten dense(3)");
            alike(dense, rows(spark, "transform(sequence(0, 8), i -> sin(i * id))"));
            alike(images, rows(spark, "unhex(substring(sha2(string(id), 256), 1, 18))"));
            Dataset<Row> sparse =
                    spark.read().format("libsvm").option("numFeatures", "9").load(libSvm());
            alike(net("9 -> dense(3)"), sparse.repartition(3));
            assertThrows(IllegalArgumentException.class, () -> dense.setStorage("ON_TAPE"));
        }
    }

    private void alike(NetClassifier net, Dataset<Row> rows) throws IOException {
        Path kept = folder.resolve("kept" + rows.queryExecution().hashCode());
        net.setCheckpointFolder(kept.toString());
        String memory =
                bits(net.setStorage("MEMORY_ONLY").setGradients("in-process").fit(rows));
        assertEquals(memory, bits(net.setStorage("DISK_ONLY").fit(rows)));
        try (var folders = Files.list(kept)) {
            assertEquals(1, folders.count());
        }
        net.setCheckpointFolder(null);
        assertEquals(memory, bits(net.setStorage("DISK_ONLY").fit(rows)));
        assertEquals(
                memory, bits(net.setStorage("DISK_ONLY").setGradients("spark").fit(rows)));
    }

    private static NetClassifier net(String layers) {
        return new NetClassifier()
                .setLayers(layers)
                .setEpochs(2)
                .setBatchSize(16)
                .setValidationFraction(0.1);
    }

    private static Dataset<Row> rows(SparkSession spark, String features) {
        return spark.range(0, 101, 1, 3).selectExpr(features + " as features", "id % 3 as label");
    }

    private String libSvm() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 101; i++) lines.append(String.format(Locale.ROOT, "%d %d:%d 9:1.5%n", i % 3, 1 + i % 8, i));
        return Files.writeString(folder.resolve("rows.svm"), lines).toString();
    }

    /** More bytes than the heap takes, dealt in one process and in a shuffle. */
    @Test
    void aTableLargerThanMemoryTrains() throws IOException, InterruptedException {
        String said = Fixture.java("512m", Large.class.getName());
        List<String> found =
                said.lines().filter(line -> line.startsWith("bits ")).toList();
        assertTrue(found.size() == 2 && found.get(0).equals(found.get(1)), said);
    }

    /** Fits 100,000 images of 6,912 bytes. */
    static final class Large {
        public static void main(String[] args) {
            try (JavaSparkContext context = Fixture.spark("local[2]")) {
                SparkSession spark =
                        SparkSession.builder().config(context.getConf()).getOrCreate();
                Dataset<Row> images = spark.range(0, LARGE, 1, 32)
                        .selectExpr(
                                "id % 2 as label",
                                String.format(
                                        Locale.ROOT,
                                        "cast(repeat(substring(sha2(string(id), 256), 1, 48), %d) as binary) "
                                                + "as features",
                                        BYTES / 48));
                NetClassifier net = new NetClassifier()
                        .setLayers("48x48x3 -> flatten dense(2)")
                        .setStandardization(false)
                        .setEpochs(1)
                        .setBatchSize(4096);
                for (String gradients : List.of("in-process", "spark"))
                    System.out.println(
                            "bits " + bits(net.setGradients(gradients).fit(images)));
            }
        }
    }
}
