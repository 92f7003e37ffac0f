package io.firesteel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.spec.Specs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private static final String TEST = "{\"type\":\"Idx\",\"images\":\"FOLDER/images\",\"labels\":\"FOLDER/labels\"}";

    @TempDir
    Path folder;

    private Fixture fixture;
    private final PrintStream out = System.out, err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream(), complained = new ByteArrayOutputStream();

    @BeforeEach
    void capture() throws IOException {
        fixture = new Fixture(folder);
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(out);
        System.setErr(err);
        System.clearProperty("spark.master");
        System.clearProperty("spark.ui.enabled");
    }

    @Test
    void aModelIsTrainedEvaluatedAndAsked() throws IOException {
        String model = folder + "/out", data = TEST.replace("FOLDER", folder.toString());
        assertEquals(0, Firesteel.run("train", fixture.run(), "--out", model));
        assertTrue(text(printed).contains("epoch 3/3  loss "), text(printed));
        double accuracy = Specs.parse("", Files.readString(Path.of(model, "summary.json")))
                .at("/metrics/testAccuracy")
                .doubleValue();

        printed.reset();
        assertEquals(0, Firesteel.run("evaluate", model, "--data", data));
        assertEquals(accuracy, Specs.parse("", text(printed)).get("accuracy").doubleValue());

        assertEquals(0, Firesteel.run("predict", model, "--data", data, "--out", folder + "/p.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("p.csv"));
        assertEquals("row,label,prediction,p0,p1,p2,p3", lines.get(0));
        long right = lines.stream()
                .skip(1)
                .map(line -> line.split(","))
                .filter(cells -> cells[1].equals(cells[2]))
                .count();
        assertEquals(accuracy, right / (double) Fixture.ROWS);

        assertEquals(0, Firesteel.run("predict", model, "--data", fixture.run(), "--out", folder + "/p.jsonl"));
        assertEquals(Fixture.ROWS, Files.readAllLines(folder.resolve("p.jsonl")).size());
        assertEquals(0, Firesteel.run("predict", model, "--data", data, "--out", folder + "/p.parquet"));
        assertTrue(Files.exists(folder.resolve("p.parquet/_SUCCESS")));

        assertEquals(2, Firesteel.run("train", fixture.run(), "--out", model));
        assertTrue(text(complained).contains(model + ": holds a run; give another --out"), text(complained));
    }

    @Test
    void badInputIsOneLineExitCodeTwoAndNothingWritten() throws IOException {
        refused("unknown type \"Foo\"; there is [Sequential, Residual, Dense", "--set", "model[1]=Foo");
        refused("images: ends within image 102 of 103", () -> truncate("images"));
        refused("no such file", "--set", "data.train.images=nowhere");
        refused("--gradients sparc: wanted one of [auto, in-process, spark", "--gradients", "sparc");
        refused("Unknown option: '--speed'; see firesteel train --help", "--speed");
        Files.writeString(folder.resolve("file"), "");
        assertEquals(2, Firesteel.run("train", fixture.run(), "--out", folder + "/file/out"));
        assertTrue(text(complained).contains("not a writable folder"), text(complained));
    }

    @Test
    void divergenceIsExitCodeThree() {
        assertEquals(
                3,
                Firesteel.run(
                        "train",
                        fixture.run(),
                        "--out",
                        folder + "/out",
                        "--set",
                        "optimizer=Sgd",
                        "--set",
                        "schedule.rate=1e30"));
        assertTrue(text(complained).contains("is not finite in shard"), text(complained));
        assertFalse(Files.exists(folder.resolve("out/model")));
    }

    @Test
    void inspectPrintsShapesAndMemoryWithoutSpark() {
        assertEquals(0, Firesteel.run("inspect", fixture.run()));
        assertTrue(
                text(printed).contains("4-Dense                4                      52  w [12x4], b [4]"),
                text(printed));
        assertTrue(text(printed).contains("passes of at most"), text(printed));
    }

    @Test
    void inspectPrintsWhatIsInsideALayer() {
        String residual = "model[1]={\"type\": \"Residual\", \"layers\": [{\"type\": \"Conv2d\", \"filters\": 3, "
                + "\"kernel\": 1}]}";
        assertEquals(0, Firesteel.run("inspect", fixture.run(), "--set", residual));
        assertTrue(
                text(printed)
                        .matches("(?s).*\n1-Residual +\\w+ +12  \n  0-Sequential +\\w+ +12  \n"
                                + "    0-Conv2d +\\w+ +12  w \\[1x1x3x3\\], b \\[3\\]\n2-MaxPool2d .*"),
                text(printed));
    }

    @Test
    void doctorNamesWhatIsInUse() {
        assertEquals(0, Firesteel.run("doctor", "--require-native"));
        assertTrue(
                text(printed)
                        .matches("(?s).*blas +openblas \\(\\w+ kernels\\), threads per call: 1\n.*GEMM on \\d+ "
                                + "threads: passed\n.*"),
                text(printed));
    }

    private interface Damage {
        void run() throws IOException;
    }

    private void refused(String message, Damage damage) throws IOException {
        damage.run();
        refused(message);
        fixture = new Fixture(folder);
    }

    private void refused(String message, String... more) {
        complained.reset();
        String[] args = new String[4 + more.length];
        System.arraycopy(new String[] {"train", fixture.run(), "--out", folder + "/none"}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        assertEquals(2, Firesteel.run(args));
        List<String> lines = text(complained)
                .lines()
                .filter(line -> line.startsWith("firesteel: "))
                .toList();
        assertEquals(1, lines.size(), text(complained));
        assertTrue(lines.get(0).contains(message), lines.get(0));
        assertFalse(Files.exists(folder.resolve("none")));
    }

    private void truncate(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(fixture.path(name));
        Files.write(fixture.path(name), java.util.Arrays.copyOf(bytes, bytes.length - 1));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
