package io.firesteel.internal.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.source.Cifar;
import io.firesteel.source.Csv;
import io.firesteel.source.Idx;
import io.firesteel.source.Images;
import io.firesteel.source.LibSvm;
import io.firesteel.source.Parquet;
import io.firesteel.source.Source;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first look at a source to the last shard on its executor, Hadoop counts the bytes of the files once. */
class ReadOnceTest {
    private static final double MOST = 1.05; // bytes read per byte of the files
    /** Hadoop does not count what Parquet reads in several places at once. */
    private static final String COUNTED = "spark.hadoop.parquet.hadoop.vectored.io.enabled";

    private static final BadRows FAIL = new BadRows.Fail();

    @TempDir
    Path folder;

    @Test
    void everyByteIsReadOnceByHoweverManyPartitions() throws IOException {
        String row = IntStream.range(0, 60)
                .mapToObj(i -> "0." + i)
                .reduce((a, b) -> a + "," + b)
                .get();
        String names = IntStream.range(0, 60)
                .mapToObj(i -> "x" + i)
                .reduce((a, b) -> a + "," + b)
                .get();
        Files.writeString(folder.resolve("a.csv"), names + ",label\n" + (row + ",1\n").repeat(25_000));
        Files.writeString(folder.resolve("a.svm"), "1 1:0.25 5:7 900:1e-3\n".repeat(250_000));
        Files.write(folder.resolve("a.bin"), new byte[3073 * 2000]);
        Fixture fixture = new Fixture(folder);
        fixture.idx("images", new byte[6_000_000], 6000, 40, 25);
        fixture.idx("labels", new byte[6000], 6000);
        try (JavaSparkContext spark = Fixture.spark(
                "local[2]",
                "spark.sql.files.maxPartitionBytes",
                "4000000",
                "spark.sql.files.openCostInBytes",
                "1",
                COUNTED,
                "false")) {
            once(spark, new Csv(folder + "/a.csv", "label", null, null, null, ",", FAIL), "a.csv");
            LibSvm svm = new LibSvm(folder + "/a.svm", true, null, List.of(), FAIL);
            once(spark, svm.like(svm.schema().shape(), List.of()), "a.svm");
            once(spark, new Cifar(folder + "/a.bin", 10, FAIL), "a.bin");
            once(
                    spark,
                    new Idx(
                            fixture.path("images").toString(),
                            fixture.path("labels").toString()),
                    "images",
                    "labels");
            once(spark, parquet(spark), "a.parquet");
            once(spark, images(), "a.images");
        }
    }

    @Test
    void everyByteIsReadOnceByTwoExecutors() throws IOException {
        Source parquet;
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            parquet = parquet(spark);
        }
        Files.writeString(folder.resolve("a.csv"), "x,y,label\n" + "0.125,17.25,1\n".repeat(1_200_000));
        try (JavaSparkContext spark = Fixture.spark(
                "local-cluster[2,1,1024]",
                "spark.executor.extraClassPath",
                System.getProperty("java.class.path"),
                "spark.sql.files.maxPartitionBytes",
                "4000000",
                "spark.sql.files.openCostInBytes",
                "1",
                COUNTED,
                "false")) {
            once(spark, new Csv(folder + "/a.csv", "label", null, null, null, ",", FAIL), "a.csv");
            once(spark, parquet, "a.parquet");
        }
    }

    private Source parquet(JavaSparkContext spark) {
        String[] columns = Stream.concat(
                        Stream.of("cast(id % 3 as int) as label"),
                        IntStream.range(0, 30).mapToObj(i -> "rand(" + i + ") as x" + i))
                .toArray(String[]::new);
        SparkSession.builder()
                .config(spark.getConf())
                .getOrCreate()
                .range(0, 60_000, 1, 2)
                .selectExpr(columns)
                .write()
                .parquet(folder + "/a.parquet");
        return new Parquet(folder + "/a.parquet", "label", null, null, null, null, null, List.of(), FAIL);
    }

    private Source images() throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
        for (int file = 0; file < 200; file++) {
            image.setRGB(file % 16, file / 16, 0x3f7f1f * file);
            Path path = folder.resolve("a.images/" + file % 2 + "/" + file + ".png");
            Files.createDirectories(path.getParent());
            ImageIO.write(image, "png", path.toFile());
        }
        return new Images(folder + "/a.images", null, null, FAIL);
    }

    private void once(JavaSparkContext spark, Source source, String... files) throws IOException {
        long size = 0;
        for (String file : files) size += size(folder.resolve(file));
        for (int partitions : new int[] {1, 4, 16}) {
            long before = read();
            RowSchema schema = source.schema();
            try (PackedDataset rows = PackedDataset.of(
                    spark,
                    source,
                    null,
                    schema,
                    10,
                    new PackedDataset.Plan(ValidationSplit.NONE, 16, 1, RowStorage.MEMORY_AND_DISK))) {
                int[] starts = IntStream.range(0, partitions)
                        .map(i -> i * 16 / partitions)
                        .toArray();
                assertEquals(partitions, rows.shardRanges(spark, starts).count());
                boolean elsewhere = spark.master().startsWith("local-cluster");
                double ratio = (read() - before + (elsewhere ? rows.bytesRead() : 0)) / (double) size;
                System.out.printf(
                        Locale.ROOT,
                        "%s, %s, %d partitions: %.3f bytes read per byte%n",
                        spark.master(),
                        files[0],
                        partitions,
                        ratio);
                assertTrue(ratio <= MOST, files[0] + ": " + ratio);
                assertTrue(rows.bytesRead() >= 0.9 * size, files[0] + ": " + rows.bytesRead() + " of " + size);
            }
        }
    }

    /** Of a file, or of all in a folder that are read. */
    private static long size(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().matches("[._].*"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static long read() {
        return FileSystem.getGlobalStorageStatistics().get("file").getLong("bytesRead");
    }
}
