package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.SpecException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static JavaSparkContext spark;

    @TempDir
    Path folder;

    private Fixture fixture;
    private String whole; // the hash of the run that nobody disturbed
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        spark = Fixture.spark("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @BeforeEach
    void train() throws IOException {
        fixture = new Fixture(folder);
        whole = fixture.train(spark, Training.Options.DEFAULT);
    }

    @Test
    void aRunThatWasStoppedAnywhereGoesOnToTheSameBits() throws IOException {
        for (int stop = 1; stop < 30; stop += 4) {
            String out = folder + "/stopped-" + stop;
            run(out, false, "stop.steps=" + stop, "checkpoint.steps=3");
            tear(Path.of(out, "metrics.jsonl"));
            assertEquals(whole, run(out, true, "checkpoint.steps=3"), "stopped after step " + stop);
            List<String> lines = Files.readAllLines(Path.of(out, "metrics.jsonl"));
            assertTrue(lines.get(lines.size() - 1).startsWith("{\"step\":30,\"epoch\":3,"), lines.toString());
        }
    }

    /** Ends the file as a kill may: within a line, after a brace. */
    private static void tear(Path file) throws IOException {
        Files.writeString(file, "{\"step\":7,\"ledger\":{\"wait\":1}", StandardOpenOption.APPEND);
    }

    @Test
    void everyKindOfOptimizerStateIsSaved() throws IOException {
        for (String optimizer : new String[] {"Sgd", "{\"type\":\"Sgd\",\"momentum\":0.9}", "RmsProp", "AdamW"}) {
            String out = folder + "/" + Integer.toHexString(optimizer.hashCode()), set = "optimizer=" + optimizer;
            run(out, false, set, "stop.steps=13", "checkpoint.steps=1");
            assertEquals(fixture.train(spark, Training.Options.DEFAULT, set), run(out, true, set), optimizer);
        }
    }

    @Test
    void adaScaleGoesOnWhereItStood() throws IOException {
        String set = "schedule={\"type\":\"AdaScale\",\"baseBatch\":2,\"then\":{\"type\":\"Step\",\"rate\":0.1,"
                + "\"every\":50}}";
        run(folder + "/ada", false, set, "stop.steps=13", "checkpoint.steps=1");
        assertEquals(fixture.train(spark, Training.Options.DEFAULT, set), run(folder + "/ada", true, set));
    }

    @Test
    void dropoutGoesOnWhereItStood() throws IOException {
        String out = folder + "/dropout";
        run(out, false, Fixture.DROPOUT, "stop.steps=13", "checkpoint.steps=1");
        assertEquals(fixture.train(spark, Training.Options.DEFAULT, Fixture.DROPOUT), run(out, true, Fixture.DROPOUT));
    }

    @Test
    void aDamagedCheckpointIsToldAndTheOneBeforeItUsed() throws IOException {
        for (String file : new String[] {"state.safetensors", "manifest.json"}) {
            for (Damage damage : Damage.values()) {
                String out = folder + "/" + file + damage;
                run(out, false, "stop.steps=20", "checkpoint.steps=5", "checkpoint.keep=3");
                damage.apply(Path.of(out, "checkpoints/step-0000000020", file));
                told.reset();
                assertEquals(whole, run(out, true), file + " " + damage);
                String text = told.toString(StandardCharsets.UTF_8);
                assertTrue(
                        text.contains("step-0000000020 is damaged (")
                                && text.contains("); going back to the one before it"),
                        text);
                assertTrue(text.contains("resumed from " + out + "/checkpoints/step-0000000015"), text);
            }
        }
    }

    private enum Damage {
        EMPTY,
        HALF,
        LAST_BYTE,
        FLIPPED_BYTE,
        GONE;

        void apply(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            switch (this) {
                case EMPTY -> bytes = new byte[0];
                case HALF -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
                case LAST_BYTE -> bytes = Arrays.copyOf(bytes, bytes.length - 1);
                default -> bytes[bytes.length * 2 / 3] ^= 1;
            }
            if (this == GONE) Files.delete(file);
            else Files.write(file, bytes);
        }
    }

    @Test
    void theNewestAndTheBestAreKept() throws IOException {
        String out = folder + "/kept";
        run(out, false, "epochs=12", "schedule.rate=0.2", "checkpoint.best=true", "checkpoint.keep=2");
        List<String> kept = HadoopFiles.list(out + "/checkpoints");
        double lowest = Double.POSITIVE_INFINITY;
        String best = null;
        for (String line : Files.readAllLines(Path.of(out, "metrics.jsonl"))) {
            var metric = io.firesteel.spec.Specs.parse("", line);
            if (!metric.has("valLoss") || metric.get("valLoss").doubleValue() >= lowest) continue;
            lowest = metric.get("valLoss").doubleValue();
            best = String.format(Locale.ROOT, "step-%010d", metric.get("step").longValue());
        }
        assertTrue(kept.containsAll(List.of(best, "step-0000000110", "step-0000000120")), best + " in " + kept);
        assertTrue(kept.size() <= 3, kept.toString());
    }

    @Test
    void anotherRunsCheckpointIsRefused() throws IOException {
        String out = folder + "/other";
        run(out, false, "stop.steps=10");
        String message = assertThrows(SpecException.class, () -> run(out, true, "batch=11"))
                .getMessage();
        assertTrue(message.contains("step-0000000010 was made by another run: batch was 10, is 11; "), message);
    }

    @Test
    void aRunIsNotResumedWithOtherRows() throws IOException {
        String out = folder + "/rows";
        run(out, false, "stop.steps=10");
        byte[] labels = Files.readAllBytes(fixture.path("labels"));
        labels[labels.length - 1] ^= 1; // of the last row
        Files.write(fixture.path("labels"), labels);
        refused(out, "step-0000000010 was made with other training rows, of checksum ");
        labels[labels.length - 1] ^= 1;
        Files.write(fixture.path("moved"), labels);
        assertEquals(whole, run(out, true, "data.train.labels=moved"), "the same rows may be elsewhere");
    }

    @Test
    void aRunIsNotResumedWithOtherSettings() throws IOException {
        String out = folder + "/settings";
        run(out, false, "stop.steps=10", "data.seed=5");
        refused(out, "dataSeed was 5, is not set");
        refused(
                out,
                "validation was {\"fraction\":0.1,\"last\":0}, is ",
                "data.seed=5",
                "data.validation={\"last\":10}");
        refused(out, "metrics was null, is [{\"type\":\"ErrorRate\"}]", "data.seed=5", "metrics=[\"ErrorRate\"]");
    }

    private void refused(String out, String message, String... overrides) {
        String found = assertThrows(SpecException.class, () -> run(out, true, overrides))
                .getMessage();
        assertTrue(found.contains(message), found);
    }

    @Test
    void resumingWithoutACheckpointStartsAtTheBeginning() throws IOException {
        assertEquals(whole, run(folder + "/new", true));
        assertTrue(
                told.toString(StandardCharsets.UTF_8).contains("no whole checkpoint in "),
                told.toString(StandardCharsets.UTF_8));
    }

    private String run(String out, boolean resume, String... overrides) throws IOException {
        PrintStream progress = new PrintStream(told, true, StandardCharsets.UTF_8);
        return fixture.train(spark, new Training.Options(out, "auto", 0, progress, false, resume, false), overrides);
    }
}
