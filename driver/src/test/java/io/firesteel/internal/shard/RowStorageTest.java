package io.firesteel.internal.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.array.Random64;
import io.firesteel.cli.Firesteel;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.MemoryBudget;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class RowStorageTest {
    private static final String TINY = "0.000001"; // of Spark's memory: no shard finds room for all its rows
    private static final String[] SOURCES = {"Idx", "Csv", "LibSvm"}; // bytes, floats, sparse

    @TempDir
    Path folder;

    @Test
    void theBitsAreTheSameWhereverRowsWait() throws IOException {
        for (String source : SOURCES) {
            String kept = bits(source, "0.6", "MEMORY_ONLY", "in-process");
            assertEquals(kept, bits(source, TINY, "MEMORY_AND_DISK", "in-process"));
            assertEquals(kept, bits(source, "0.6", "DISK_ONLY", "spark"));
        }
    }

    private String bits(String source, String memory, String level, String gradients) throws IOException {
        write(source);
        try (JavaSparkContext spark = Fixture.spark("local[2]", "spark.memory.fraction", memory)) {
            Run run = Run.read(folder + "/run.json", List.of("data.storage=" + level));
            ShardRange shardRange = run.rows(
                            spark,
                            run.model(run.data().train().schema()),
                            run.data().train().schema())
                    .shardRanges(spark, new int[] {0, 2})
                    .collect()
                    .get(1);
            assertEquals(
                    !level.equals("MEMORY_ONLY"),
                    shardRange.block(Split.TRAIN, 2).isOnDisk());
            return new Training(run)
                    .train(spark, Fixture.options(gradients, 2))
                    .summary()
                    .get("weightsSha256")
                    .textValue();
        }
    }

    @Test
    void aPortionOnDiskTravelsWithBothSerializers() throws IOException {
        ClassTag<ShardRange> type = ClassTag$.MODULE$.apply(ShardRange.class);
        for (String source : SOURCES) {
            write(source);
            Run run = Run.read(folder + "/run.json", List.of());
            RowSchema schema = run.data().train().schema();
            Rowwise model = new Rowwise(run, schema);
            ShardRange here = model.shardRange(MemoryBudget.of(RowStorage.DISK_ONLY, 1)),
                    memory = model.shardRange(null);
            for (Serializer serializer :
                    new Serializer[] {new JavaSerializer(new SparkConf()), new KryoSerializer(new SparkConf())}) {
                ByteBuffer bytes = serializer.newInstance().serialize(here, type);
                ShardRange there = serializer.newInstance().deserialize(bytes, type);
                assertArrayEquals(model.rows(memory), model.rows(there));
            }
            assertArrayEquals(model.rows(memory), model.rows(here));
        }
    }

    /** Reads all rows of a run into portions and out of them. */
    private record Rowwise(Run run, RowSchema schema) {
        ShardRange shardRange(MemoryBudget budget) throws IOException {
            ShardRange shardRange = new ShardRange(0, 1, () -> new Block(schema, budget));
            run.data()
                    .train()
                    .read(4, (row, cells) -> shardRange.block(Split.TRAIN, 0).add(cells, false));
            shardRange.trim();
            return shardRange;
        }

        float[] rows(ShardRange shardRange) {
            Block block = shardRange.block(Split.TRAIN, 0);
            InputScaler normalizer = new InputScaler(run.model(schema));
            float[] x = new float[block.rows() * 36], t = new float[block.rows()];
            for (int row = 0; row < block.rows(); row++) block.copy(row, normalizer, row, x, t);
            return x;
        }
    }

    private void write(String source) throws IOException {
        Fixture fixture = new Fixture(folder);
        List<String> csv = new ArrayList<>(List.of("label" + ",x".repeat(36))), svm = new ArrayList<>();
        Random64 random = new Random64(3);
        for (int row = 0; row < Fixture.ROWS; row++) {
            int label = random.nextInt(4);
            StringBuilder dense = new StringBuilder("" + label), sparse = new StringBuilder("" + label);
            for (int i = 0; i < 36; i++) {
                int x = random.nextInt(9) == label ? 1 + random.nextInt(9) : 0;
                dense.append(",").append(x);
                if (x > 0) sparse.append(" ").append(i + 1).append(":").append(x);
            }
            csv.add(dense.toString());
            svm.add(sparse.toString());
        }
        csv.set(
                0,
                "label"
                        + Stream.iterate(0, i -> i < 36, i -> i + 1)
                                .map(i -> ",x" + i)
                                .reduce("", String::concat));
        Files.write(fixture.path("rows.csv"), csv);
        Files.write(fixture.path("rows.svm"), svm);
        String data = switch (source) {
            case "Idx" -> "{\"type\": \"Idx\", \"images\": \"images\", \"labels\": \"labels\"}";
            case "Csv" -> "{\"type\": \"Csv\", \"path\": \"rows.csv\", \"label\": \"label\", \"shape\": \"36\"}";
            default -> "{\"type\": \"LibSvm\", \"path\": \"rows.svm\", \"shape\": 36}";
        };
        Files.writeString(fixture.path("run.json"), """
        {"data": {"train": DATA, "validation": {"fraction": 0.1}},
         "model": [MORE{"type": "Dense", "units": 4}], "loss": "SoftmaxCrossEntropy", "optimizer": "Adam",
         "schedule": {"type": "Constant", "rate": 0.01}, "batch": 10, "epochs": 2}
        """.replace("DATA", data)
                .replace("MORE", source.equals("Idx") ? "\"Flatten\", " : ""));
    }

    /** Two times as many bytes as the heap takes. */
    @Test
    void dataLargerThanMemoryTrains() throws IOException, InterruptedException {
        int rows = 160_000, width = 6144; // 983 MB
        try (OutputStream x = Files.newOutputStream(folder.resolve("images"));
                OutputStream t = Files.newOutputStream(folder.resolve("labels"))) {
            x.write(ByteBuffer.allocate(12)
                    .putInt(0x0802)
                    .putInt(rows)
                    .putInt(width)
                    .array());
            t.write(ByteBuffer.allocate(8).putInt(0x0801).putInt(rows).array());
            byte[] row = new byte[width];
            for (int i = 0; i < rows; i++) {
                row[i % width] = (byte) (row[i % width] + 1 + i % 7);
                x.write(row);
                t.write(i % 2);
            }
        }
        Files.writeString(folder.resolve("run.json"), """
        {"data": {"train": {"type": "Idx", "images": "images", "labels": "labels"}},
         "model": [{"type": "Dense", "units": 2}], "loss": "SoftmaxCrossEntropy", "optimizer": "Sgd",
         "schedule": {"type": "Constant", "rate": 0.01}, "batch": 4096, "epochs": 1}
        """);
        Fixture.java("512m", Firesteel.class.getName(), "train", folder + "/run.json", "--out", folder + "/out");
        assertTrue(Specs.parse("", Files.readString(folder.resolve("out/summary.json")))
                        .get("examples")
                        .longValue()
                == rows);
    }
}
