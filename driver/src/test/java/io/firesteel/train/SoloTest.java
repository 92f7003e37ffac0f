package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import io.firesteel.data.Header;
import io.firesteel.data.Portion.Split;
import io.firesteel.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoloTest {
    @TempDir
    Path folder;

    @Test
    void aRunAloneInPiecesHasTheBitsOfTheRunOnSpark() throws IOException {
        Run run = Run.read(new Fixture(folder).run(), List.of("seed=7", "data.seed=3"));
        Header header = run.data().train().header();
        Model model = run.model(header);
        Solo solo =
                new Solo(run, model, run.dataset(model, header).portion(0, run.shards()), Checkup.kind(), List.of());
        for (long until : new long[] {1, 4, 4, 17, 1000}) solo.train(until);
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            Training.Outcome outcome = new Training(run).train(spark, Fixture.options("spark", 2));
            assertArrayEquals(outcome.model().params(), solo.params());
            assertEquals(outcome.summary().get("steps").longValue(), solo.step());
            assertEquals(outcome.summary().get("examples").longValue(), solo.examples());
            assertEquals(
                    outcome.summary().at("/metrics/valLoss").doubleValue(),
                    solo.score(Split.VALIDATION).loss());
        }
    }
}
