package io.firesteel.studies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.Fixture;
import io.firesteel.cli.Firesteel;
import io.firesteel.spec.Specs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole study of a hundred rows: four batches, three rules, a few seconds. */
class StudyRunnerTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        new Fixture(folder);
        study("study", "[4, 8, 16, 32]", "[0.6, 0.4]", "");
    }

    private Path study(String name, String batches, String levels, String more) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".json"), String.format(Locale.ROOT, """
        {"name": "small", "run": "run.json",
         "set": ["optimizer=Sgd", "data.validation={\\"last\\": 30}",
                 "model=[\\"Flatten\\", {\\"type\\": \\"Dense\\", \\"units\\": 4}]"],
         "goals": {"levels": %s}, "batches": %s,
         "rules": ["Tuned", {"type": "Sqrt", "batch": 8}, {"type": "Linear", "batch": 8, "rate": 0.1, "warmUp": 1},
           {"type": "AdaScale", "batch": 8}],
         "search": {"type": "Walk", "start": -4}, "seeds": {"confirm": [101, 102, 103]},
         "caps": {"epochs": 60}%s}
        """, levels, batches, more));
    }

    @Test
    void theMasterLeavesNoTraceInTheResults() throws IOException {
        String one, two, cluster;
        try (JavaSparkContext spark = Fixture.spark("local[1]")) {
            one = conduct(spark, "one", new ArrayList<>());
        }
        try (JavaSparkContext spark =
                Fixture.spark("local[2]", "spark.serializer", "org.apache.spark.serializer.KryoSerializer")) {
            two = conduct(spark, "two", new ArrayList<>());
        }
        assertEquals(one, two);
        try (JavaSparkContext spark = Fixture.spark(
                "local-cluster[2,1,1024]", "spark.executor.extraClassPath", System.getProperty("java.class.path"))) {
            cluster = conduct(spark, "cluster", new ArrayList<>());
        }
        assertEquals(one, cluster);
    }

    @Test
    void whatIsDoneCountsAgainAndTheRestComesOutTheSame() throws IOException {
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            String whole = conduct(spark, "out", new ArrayList<>());
            List<Path> trials;
            try (Stream<Path> files = Files.list(folder.resolve("out/trials"))) {
                trials = files.sorted().toList();
            }
            TreeSet<String> again = new TreeSet<>();
            for (int i = 0;
                    i < trials.size();
                    i += 2) { // as if it had been killed here; one torn, one from another study
                if (i == 0) Files.writeString(trials.get(i), "{\"definition\": \"");
                else if (i == 2)
                    Files.writeString(
                            trials.get(i), Files.readString(trials.get(i)).replaceFirst("n\":\"..", "n\":\"xx"));
                else Files.delete(trials.get(i));
                again.add(trials.get(i).getFileName().toString().replace(".json", ""));
            }
            List<String> written = new ArrayList<>();
            assertEquals(whole, conduct(spark, "out", written));
            assertEquals(again, new TreeSet<>(written));
        }
    }

    @Test
    void theSummarySaysWhatWasFound() throws IOException {
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            ObjectNode summary = summary(spark, "study", "out");
            assertEquals(
                    Specs.parse("", Files.readString(folder.resolve("out/summary.json"))),
                    Specs.parse("", summary.toString()));
            JsonNode hardest = summary.at("/goals/1");
            assertEquals(0.4, hardest.get("level").doubleValue());
            for (JsonNode batch : hardest.get("batches")) {
                double median = batch.at("/steps/median").doubleValue();
                assertTrue(median >= batch.at("/steps/min").doubleValue()
                        && median <= batch.at("/steps/max").doubleValue());
                assertEquals(3, batch.at("/steps/values").size());
                assertEquals(
                        median * batch.get("batch").intValue(),
                        batch.get("examples").doubleValue());
            }
            assertEquals(4, summary.get("search").size());
            assertEquals(4, summary.get("rules").size());
            assertEquals(1.0, summary.at("/rules/0/batches/0/ratioToTuned").doubleValue());
            JsonNode sqrt = summary.at("/rules/1/batches");
            assertEquals(
                    2 * sqrt.at("/1/rate").doubleValue(), sqrt.at("/3/rate").doubleValue(), 1e-12);
            assertEquals(0.1, summary.at("/rules/2/baseRate").doubleValue());
            assertEquals(2, summary.at("/noise/3/slices").size());
            assertTrue(Files.exists(folder.resolve("out/export/small/net/sgd/16/1/measurements.csv")));
            assertTrue(Files.readString(folder.resolve("out/export/small/net/sgd/16/1/metadata.json"))
                    .contains("\"COMPLETE\""));
            int trials = summary.at("/trials/count").intValue(), sum = 0;
            for (String status : List.of("goal", "cap", "censored", "diverged", "wall"))
                sum += summary.at("/trials/" + status).intValue();
            assertEquals(trials, sum);
            assertEquals(
                    trials + 1,
                    Files.readAllLines(folder.resolve("out/trials.csv")).size());
        }
    }

    @Test
    void aStudyThatCannotConcludeSaysWhyFirstAndEndsWithZero() throws IOException {
        study("narrow", "[8]", "[0.4]", "");
        study("unreached", "[4, 8, 16, 32]", "[0.000001]", ", \"cadence\": 2");
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        try {
            assertInconclusive(
                    "narrow", "noFit", "cannot be concluded, because 1 batch sizes reached the goal, a fit needs 4");
            assertInconclusive(
                    "unreached",
                    "unreached",
                    "cannot be concluded, because none of the tried rates reached valError 1.0E-6 at batch 4");
            Path edge = folder.resolve("edge.json");
            Files.writeString(
                    edge,
                    Files.readString(folder.resolve("study.json"))
                            .replace("\"start\": -4", "\"start\": -5, \"highest\": -4"));
            assertInconclusive(
                    "edge",
                    "edge",
                    "cannot be concluded, because the best rate at batch 4, 0.0625, is the highest "
                            + "of the search, so a better one may be outside it; widen the search");
        } finally {
            System.clearProperty("spark.master");
            System.clearProperty("spark.ui.enabled");
        }
    }

    private void assertInconclusive(String name, String kind, String conclusion) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Firesteel.run("study", folder + "/" + name + ".json", "--out", folder + "/" + name));
        } finally {
            System.setOut(before);
        }
        JsonNode summary = Specs.parse(name, Files.readString(folder.resolve(name + "/summary.json")));
        assertEquals(conclusion, summary.get("conclusion").textValue());
        assertFalse(summary.get("concluded").booleanValue());
        assertEquals(kind, summary.at("/warnings/0/kind").textValue());
        assertTrue(said.toString(StandardCharsets.UTF_8).contains(conclusion), said.toString(StandardCharsets.UTF_8));
    }

    private ObjectNode summary(JavaSparkContext spark, String name, String out) throws IOException {
        return new StudyRunner(Study.read(folder + "/" + name + ".json"))
                .conduct(spark, folder + "/" + out, new StudyProgress(null, false), true, false);
    }

    /** The tables without times; adds the trials whose files are newer than before to {@code written}. */
    private String conduct(JavaSparkContext spark, String out, List<String> written) throws IOException {
        java.nio.file.attribute.FileTime start = java.nio.file.attribute.FileTime.from(java.time.Instant.now());
        summary(spark, "study", out);
        try (Stream<Path> files = Files.list(folder.resolve(out + "/trials"))) {
            for (Path file : files.toList())
                if (Files.getLastModifiedTime(file).compareTo(start) >= 0)
                    written.add(file.getFileName().toString().replace(".json", ""));
        }
        return without(out + "/trials.csv", "trainSeconds", "evalSeconds")
                + without(out + "/measurements.csv", "seconds");
    }

    private String without(String file, String... columns) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file)),
                header = List.of(lines.get(0).split(",")),
                kept = new ArrayList<>();
        for (String line : lines) {
            List<String> fields = new ArrayList<>(List.of(line.split(",", -1)));
            for (int i = columns.length - 1; i >= 0; i--) fields.remove(header.indexOf(columns[i]));
            kept.add(String.join(",", fields));
        }
        return String.join("\n", kept);
    }
}
