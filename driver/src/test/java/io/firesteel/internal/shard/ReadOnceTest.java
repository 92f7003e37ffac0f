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
import io.firesteel.source.LibSvm;
import io.firesteel.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first look at a source to the last shard on its executor, Hadoop counts the bytes of the files once. */
class ReadOnceTest {
    private static final double MOST = 1.05; // bytes read per byte of the files
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
                "local[2]", "spark.sql.files.maxPartitionBytes", "4000000", "spark.sql.files.openCostInBytes", "1")) {
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
        }
    }

    private void once(JavaSparkContext spark, Source source, String... files) throws IOException {
        long size = 0;
        for (String file : files) size += Files.size(folder.resolve(file));
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
                double ratio = (read() - before) / (double) size;
                System.out.printf("%s, %d partitions: %.3f bytes read per byte%n", files[0], partitions, ratio);
                assertTrue(ratio <= MOST, files[0] + ": " + ratio);
                assertTrue(rows.bytesRead() >= size, files[0] + ": " + rows.bytesRead() + " of " + size);
            }
        }
    }

    private static long read() {
        return FileSystem.getGlobalStorageStatistics().get("file").getLong("bytesRead");
    }
}
