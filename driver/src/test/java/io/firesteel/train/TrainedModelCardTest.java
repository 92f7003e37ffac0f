package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.Fixture;
import io.firesteel.model.WeightsFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelCardTest {
    @TempDir
    Path folder;

    @Test
    void aTrainedModelHasACardThatSaysWhatTheRunKnows() throws IOException {
        Fixture fixture = new Fixture(folder);
        Training.Options options = new Training.Options(folder + "/out", "auto", 0, null, false, false, false);
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            new Training(Run.read(fixture.run(), List.of())).train(spark, options);
        }
        String card = Files.readString(folder.resolve("out/model/README.md"));
        JsonNode summary = Specs.parse("", Files.readString(folder.resolve("out/summary.json")));
        assertHas(card, "pipeline_tag: image-classification");
        assertHas(card, "dataset: {\"type\":\"Idx\",\"name\":\"images\"}");
        assertHas(
                card, "    - {type: accuracy, name: testAccuracy, value: " + summary.at("/metrics/testAccuracy") + "}");
        assertHas(card, "| train | 93 | `{\"type\":\"Idx\",\"images\":\"" + fixture.path("images"));
        assertHas(card, "| validation | 10 | taken from the training rows |");
        assertHas(card, "| test | 103 | ");
        assertHas(card, "30 steps of 10 rows, 3.00 epochs, seed 1, 4 shards.");
        assertHas(card, "- optimizer: `{\"type\":\"Adam\"");
        assertHas(card, "| valLoss | " + summary.at("/metrics/valLoss") + " |");
        assertHas(card, "| spark | " + summary.at("/versions/spark").textValue() + " |");
        assertHas(card, summary.get("weightsSha256").textValue());

        SavedModel loaded = SavedModel.load(folder + "/out");
        assertEquals(card, loaded.card());
        loaded.save(folder + "/again");
        assertEquals(card, SavedModel.load(folder + "/again").card());
    }

    @Test
    void aModelWithoutARunHasACardOfWhatItIs() throws IOException {
        Run run = Run.read(new Fixture(folder).run(), List.of());
        SavedModel saved = new SavedModel(run.model(run.data().train().schema()), new float[82]);
        assertHas(saved.card(), "A net of 82 parameters that takes [6x6x1]");
        assertHas(saved.card(), "| `{\"type\":\"Dense\",\"units\":4,");
        assertHas(saved.card(), WeightsFile.sha256(saved.params()));
    }

    private static void assertHas(String card, String part) {
        assertTrue(card.contains(part), part + " is not in\n" + card);
    }
}
