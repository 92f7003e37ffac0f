package io.firesteel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.Mutation;
import io.firesteel.array.Shape;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Layer;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.modelfile.SavedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Valid files, each changed at random many times: a command ends with 0, or in one line with 1 or 2, whatever it reads;
 * an output is there whole or not at all, and no row is lost without a word.
 */
@Timeout(300)
class MutatedFilesTest {
    private static final int ROWS = 12;
    /** One in so many of 2,000 changes is tried; {@code -Dtests.jvm=-Dmutations.every=1} tries all, for minutes. */
    private static final int EVERY = Integer.getInteger("mutations.every", 10);

    private static final String CSV = "{\"type\":\"Csv\",\"path\":\"F\",\"label\":\"label\"}";
    private static final String PARQUET = "{\"type\":\"Parquet\",\"path\":\"F\",\"label\":\"label\"}";
    private static final String CIFAR = "{\"type\":\"Cifar\",\"path\":\"F\"}";

    @TempDir
    Path folder;

    private final Random random = new Random(3);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void csv() throws IOException {
        StringBuilder text = new StringBuilder("a,b,\"c\",label\n");
        for (int i = 0; i < ROWS; i++)
            text.append(random.nextInt(9))
                    .append(",\"-0.5\",")
                    .append(i)
                    .append("e-1,")
                    .append(i % 2)
                    .append('\n');
        sources("f.csv", CSV, bytes(text.toString()), model("3"), 60, true);
    }

    @Test
    void libSvm() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ROWS; i++)
            text.append(i % 2).append(" 1:").append(i).append(" 3:-0.5\n");
        String source = "{\"type\":\"LibSvm\",\"path\":\"F\",\"shape\":\"3\"}";
        sources("f.svm", source, bytes(text.toString()), model("3"), 500, true);
    }

    @Test
    void idx() throws IOException {
        byte[] images = new byte[16 + ROWS * 6];
        random.nextBytes(images);
        header(images, 0x803, ROWS, 2, 3);
        byte[] labels = new byte[8 + ROWS];
        header(labels, 0x801, ROWS);
        Files.write(folder.resolve("labels"), labels);
        Files.write(folder.resolve("images"), images);
        String pair = "{\"type\":\"Idx\",\"images\":\"%s\",\"labels\":\"%s\"}";
        sources(
                "f",
                pair.replaceFirst("%s", "F").replace("%s", folder + "/labels"),
                images,
                model("2x3x1"),
                200,
                false);
        sources(
                "f",
                pair.replaceFirst("%s", folder + "/images").replace("%s", "F"),
                labels,
                model("2x3x1"),
                100,
                false);
    }

    private static void header(byte[] bytes, int... numbers) {
        java.nio.ByteBuffer to = java.nio.ByteBuffer.wrap(bytes);
        for (int number : numbers) to.putInt(number);
    }

    @Test
    void cifar() throws IOException {
        byte[] rows = new byte[ROWS * 3073];
        for (int i = 0; i < rows.length; i++) rows[i] = (byte) (i % 3073 == 0 ? i % 2 : i);
        sources("f.bin", CIFAR, rows, model("32x32x3"), 150, false);
    }

    @Test
    void parquet() throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(
                "message m { required double a; optional float b; required int32 label; }");
        Path file = folder.resolve("whole.parquet");
        try (ParquetWriter<Group> out = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
                .withType(type)
                .build()) {
            for (int i = 0; i < ROWS; i++)
                out.write(new SimpleGroupFactory(type)
                        .newGroup()
                        .append("a", i / 3.0)
                        .append("b", 1f)
                        .append("label", i % 2));
        }
        try (JavaSparkContext spark = Fixture.spark("local[1]")) { // else every prediction would start one
            sources("f.parquet", PARQUET, Files.readAllBytes(file), model("2"), 40, false);
            assertTrue(spark.getPersistentRDDs().isEmpty());
        }
    }

    @Test
    void images() throws IOException {
        for (String format : List.of("png", "jpg")) {
            Path images = folder.resolve(format);
            for (String name : List.of("0/a", "1/a", "1/b")) {
                Path file = images.resolve(name + "." + format);
                Files.createDirectories(file.getParent());
                ImageIO.write(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB), format, file.toFile());
            }
            byte[] whole = Files.readAllBytes(images.resolve("1/b." + format));
            String source = "{\"type\":\"Images\",\"path\":\"" + images + "\"}";
            sources(format + "/1/b." + format, source, whole, model("3x4x3"), 100, false, 3);
        }
    }

    @Test
    void weights() throws IOException {
        Path model = model("3"), file = model.resolve("weights.safetensors");
        Files.write(folder.resolve("t.csv"), bytes("a,b,c,label\n1,2,3,0\n"));
        byte[] whole = Files.readAllBytes(file);
        for (int seed = 0; seed < 250; seed += EVERY) {
            Files.write(file, Mutation.of(whole, seed));
            predicted(seed, model, CSV.replace("F", folder + "/t.csv"), 1);
        }
        Files.write(file, whole);
        for (int seed = 0; seed < 150; seed += EVERY) {
            Files.write(folder.resolve("theirs"), Mutation.of(whole, seed));
            Called called = Called.firesteel(
                    "import", folder + "/theirs", "--model", model.toString(), "--out", folder + "/imported" + seed);
            ended(seed, called);
            assertEquals(called.code() == 0, Files.exists(folder.resolve("imported" + seed)), called.err());
        }
    }

    @Test
    void runAndModelFiles() throws IOException {
        Files.write(folder.resolve("t.csv"), bytes("a,b,c,label\n1,2,3,0\n3,4,5,1\n"));
        byte[] run = bytes("{\"data\":{\"train\":" + CSV.replace("F", "t.csv") + ",\"validation\":{\"last\":1}},"
                + "\"model\":[{\"type\":\"Dense\",\"units\":4},\"Relu\",{\"type\":\"Dense\",\"units\":2}],"
                + "\"loss\":\"SoftmaxCrossEntropy\",\"optimizer\":{\"type\":\"Sgd\",\"momentum\":0.9},"
                + "\"schedule\":{\"type\":\"Constant\",\"rate\":0.05},\"batch\":2,\"epochs\":2,\"shards\":2}");
        for (int seed = 0; seed < 100; seed += EVERY) {
            Files.write(folder.resolve("run.json"), Mutation.of(run, seed));
            ended(seed, Called.firesteel("inspect", folder + "/run.json"));
        }
        Path model = model("3"), file = model.resolve("model.json");
        byte[] whole = Files.readAllBytes(file);
        for (int seed = 0; seed < 100; seed += EVERY) {
            Files.write(file, Mutation.of(whole, seed));
            predicted(seed, model, CSV.replace("F", folder + "/t.csv"), 2);
        }
    }

    private Path model(String input) throws IOException {
        Shape shape = Shape.parse(input);
        List<Layer> layers = new ArrayList<>();
        if (shape.rank() > 1) layers.add(new Flatten());
        layers.add(new Dense(2));
        float[] params = new float[2 * shape.size() + 2];
        for (int i = 0; i < params.length; i++) params[i] = i % 7 - 3;
        new SavedModel(
                        new ModelSpec(shape, Normalization.NONE, new Sequential(layers), new SoftmaxCrossEntropy(), 1),
                        params)
                .save(folder + "/model");
        return folder.resolve("model");
    }

    private void sources(String name, String source, byte[] whole, Path model, int many, boolean lines)
            throws IOException {
        sources(name, source, whole, model, many, lines, ROWS);
    }

    /** Predicts a source of which one file is changed; {@code lines} where a row is a line. */
    private void sources(String name, String source, byte[] whole, Path model, int many, boolean lines, int rows)
            throws IOException {
        Path file = folder.resolve(name);
        String spec = source.replace("\"F\"", "\"" + file + "\"");
        Files.write(file, whole);
        predicted(-1, model, spec, rows);
        assertTrue(Files.exists(folder.resolve("p.jsonl")), "the whole file is read");
        for (int seed = 0; seed < many; seed += EVERY) {
            byte[] changed = Mutation.of(whole, seed);
            Files.write(file, changed);
            int wanted = rows;
            if (lines)
                wanted = (int) new String(changed, StandardCharsets.UTF_8)
                                .lines()
                                .filter(line -> !line.isBlank())
                                .count()
                        - (name.endsWith("csv") ? 1 : 0);
            predicted(seed, model, spec, wanted);
        }
    }

    private void predicted(long seed, Path model, String source, int rows) throws IOException {
        Path out = folder.resolve("p.jsonl");
        Files.deleteIfExists(out);
        Called called = Called.firesteel("predict", model.toString(), "--data", source, "--out", out.toString());
        ended(seed, called);
        if (called.code() == 0) assertEquals(rows, Files.readAllLines(out).size(), "seed " + seed);
        else assertTrue(Files.notExists(out), "seed " + seed);
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".part")), "seed " + seed);
        }
    }

    /** Well, or in one line that says why. */
    private static void ended(long seed, Called called) {
        List<String> said = called.err()
                .lines()
                .filter(line -> line.startsWith("firesteel: ") && !line.contains("by place"))
                .toList();
        String what = "seed " + seed + ": exit " + called.code() + ", " + called.err();
        assertTrue(called.code() >= 0 && called.code() <= 2, what);
        assertTrue(!called.err().contains("\tat "), what);
        assertEquals(called.code() == 0 ? 0 : 1, said.size(), what);
        if (called.code() == 1) assertTrue(!said.get(0).matches("firesteel: \\w*(Exception|Error): .*"), what);
    }
}
