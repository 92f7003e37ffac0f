package io.firesteel.studies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.Fixture;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
    @TempDir
    Path folder;

    @Test
    void aStudyFileNeedsLittleAndTheRestHasDefaults() throws IOException {
        Study study =
                read("\"rules\": [\"Tuned\", {\"type\": \"Linear\", \"batch\": 8}], \"search\": {\"type\": \"Walk\", "
                        + "\"start\": -3}");
        assertEquals(List.of(8, 32), study.batches());
        assertEquals(List.of(0.4, 0.2), study.goals().levels());
        assertEquals(List.of(1L, 2L, 3L), study.seeds().search());
        assertEquals(folder + "/run.json", study.run());
        assertEquals(new BatchScalingRule.Linear(8, null, 0), study.rules().get(1));
    }

    @Test
    void rulesGoThroughTheirBase() {
        assertEquals(1, new BatchScalingRule.ConstantRule(64, 0.1, 0).factor(256));
        assertEquals(4, new BatchScalingRule.Linear(64, 0.1, 0).factor(256));
        assertEquals(2, new BatchScalingRule.Sqrt(64, 0.1, 0).factor(256));
        assertEquals("sqrt", new BatchScalingRule.Sqrt(64, 0.1, 0).word());
    }

    @Test
    void aStudyThatCannotBeRunIsRefusedInOneLine() {
        refused("the rule Tuned needs search, as in {\"type\": \"Walk\", \"start\": -4}", "\"rules\": [\"Tuned\"]");
        refused(
                "the rule linear has no rate: give one, or put Tuned before it and its batch 64 among batches",
                "\"rules\": [\"Tuned\", {\"type\": \"Linear\", \"batch\": 64}], \"search\": {\"type\": "
                        + "\"Walk\", \"start\": -3}");
        refused(
                "seeds: a seed is listed twice; confirm with seeds that did not choose the rate",
                "\"seeds\": {\"search\": [1, 2], \"confirm\": [2, 3]}, \"rules\": [{\"type\": \"Linear\", "
                        + "\"batch\": 8, \"rate\": 0.1}]");
        refused(
                "search: -100 <= lowest <= start <= highest <= 100, got -12, 9, 4",
                "\"search\": {\"type\": \"Walk\", \"start\": 9}");
        refused(
                "unknown key \"batch\" of Study; there is "
                        + "[batches, cadence, caps, goals, name, rules, run, search, seeds, set, workers]",
                "\"batch\": 3");
    }

    @Test
    void whatTheRunCannotBearIsRefusedBeforeATrialStarts() throws IOException {
        new Fixture(folder);
        String walk = "\"search\": {\"type\": \"Walk\", \"start\": -3}";
        assertRefused(
                folder + "/run.json: data.validation has no rows, but a study's goals are measured on them; "
                        + "add \"validation\": {\"last\": 5000}, or a fraction",
                walk + ", \"set\": [\"data.validation={}\"]");
        assertRefused(
                "optimizer: Adam has no momentum to search; use Walk",
                "\"search\": {\"type\": \"Halton\", \"points\": 4,"
                        + "\"lowRate\": 0.1, \"highRate\": 1, \"lowMomentum\": 0, \"highMomentum\": 0.9}");
        assertRefused(
                "batches: 32 is more than the 20 training rows",
                walk + ", \"set\": [\"data.validation={\\\"last\\\": 83}\"]");
    }

    private void assertRefused(String message, String more) throws IOException {
        Study study = read(more);
        assertEquals(
                message, assertThrows(SpecException.class, () -> conduct(study)).getMessage());
    }

    private void conduct(Study study) throws IOException {
        StudyRunner runner = new StudyRunner(study);
        try (JavaSparkContext spark = Fixture.spark("local[1]")) {
            runner.conduct(spark, folder + "/out", new StudyProgress(System.out, false), false, false);
        }
    }

    private void refused(String message, String more) {
        assertEquals(
                folder + "/study.json: " + message,
                assertThrows(SpecException.class, () -> read(more)).getMessage());
    }

    private Study read(String more) throws IOException {
        Files.writeString(
                folder.resolve("study.json"),
                "{\"name\": \"small\", \"run\": \"run.json\", \"goals\": {\"levels\": [0.2, 0.4]}, "
                        + "\"batches\": [32, 8], \"caps\": {\"epochs\": 10}, " + more + "}");
        return Study.read(folder + "/study.json");
    }
}
