package io.firesteel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.Fixture;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers below 5 are "small, odd or even", others "large"; the test rows also know a "huge" one. */
class ClassNamesTest {
    @TempDir
    Path folder;

    @Test
    void namesAreLearnedSavedAndPredicted() throws IOException {
        files("Skip");
        JsonNode summary;
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            summary = new Training(Run.read(folder + "/run.json", List.of()))
                    .train(spark, new Training.Options(folder + "/out", "auto", 0, null, false, false, false))
                    .summary();
        }
        assertEquals(1.0, summary.at("/metrics/testAccuracy").doubleValue());
        assertEquals(
                "label \"huge\" is not one of the classes [large, small, odd or even]; fix the row",
                summary.at("/badRows/test/first/0").textValue().replaceFirst(".*test.csv line 4: ", ""));
        assertEquals(
                List.of("large", "small, odd or even"),
                SavedModel.load(folder + "/out").model().classes());

        String data = "{\"type\":\"Csv\",\"path\":\"" + folder + "/test.csv\",\"label\":\"size\",\"bad\":\"Skip\"}";
        assertEquals(0, Firesteel.run("predict", folder + "/out", "--data", data, "--out", folder + "/p.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("p.csv"));
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("0,\"small, odd or even\",\"small, odd or even\","), lines.get(1));
        assertTrue(lines.get(2).startsWith("1,large,large,"), lines.get(2));
        assertEquals(0, Firesteel.run("predict", folder + "/out", "--data", data, "--out", folder + "/p.jsonl"));
        JsonNode last =
                Specs.parse("", Files.readAllLines(folder.resolve("p.jsonl")).get(1));
        assertEquals(
                "large large",
                last.get("label").textValue() + " " + last.get("prediction").textValue());
    }

    @Test
    void anUnknownNameIsABadRowAndUnitsMustBeAsManyAsNames() throws IOException {
        files("Fail");
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            refused(
                    spark,
                    "test.csv line 4: label \"huge\" is not one of the classes [large, small, odd or even]; "
                            + "fix the row");
            refused(
                    spark,
                    "the last layer has 3 units, the data 2 classes [large, small, odd or even]; give it one unit "
                            + "per class",
                    "model=[{\"type\":\"Dense\",\"units\":3}]");
            refused(spark, "\"classes\" [a, a] lists one class twice", "data.train.classes=[\"a\",\"a\"]");
            refused(spark, "train.csv line 2: label small, odd or even is outside 0..1", "data.train.classes=[]");
        }
    }

    private void refused(JavaSparkContext spark, String message, String... overrides) {
        SpecException found = Assertions.assertThrows(
                SpecException.class,
                () -> new Training(Run.read(folder + "/run.json", List.of(overrides)))
                        .train(spark, Training.Options.DEFAULT));
        assertTrue(found.getMessage().contains(message), found.getMessage());
    }

    private void files(String bad) throws IOException {
        StringBuilder train = new StringBuilder("x,size\n");
        for (int i = 0; i < 10; i++) train.append(i).append(i < 5 ? ",\"small, odd or even\"\n" : ",large\n");
        Files.writeString(folder.resolve("train.csv"), train);
        Files.writeString(folder.resolve("test.csv"), "x,size\n1,\"small, odd or even\"\n8,large\n99,huge\n");
        Files.writeString(folder.resolve("run.json"), """
        {"data": {"train": {"type": "Csv", "path": "train.csv", "label": "size"},
                  "test": {"type": "Csv", "path": "test.csv", "label": "size", "bad": "BAD"}},
         "normalization": {"mean": [4.5], "std": [3]},
         "model": [{"type": "Dense", "units": 2}], "loss": "SoftmaxCrossEntropy", "optimizer": "Adam",
         "schedule": {"type": "Constant", "rate": 0.1}, "batch": 10, "epochs": 100}
        """.replace("BAD", bad));
    }
}
