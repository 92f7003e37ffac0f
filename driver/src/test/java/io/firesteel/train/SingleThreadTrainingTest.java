package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.shard.Split;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.RowSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleThreadTrainingTest {
    @TempDir
    Path folder;

    @Test
    void aRunAloneInPiecesHasTheBitsOfTheRunOnSpark() throws IOException {
        Run run = Run.read(new Fixture(folder).run(), List.of("seed=7", "data.seed=3"));
        RowSchema schema = run.data().train().schema();
        ModelSpec model = run.model(schema);
        SingleThreadTraining solo =
                new SingleThreadTraining(run, model, Fixture.shardRange(run), ProcessCheck.fingerprint(), List.of());
        for (long until : new long[] {1, 4, 4, 17, 1000}) solo.train(until);
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            Training.Outcome outcome = new Training(run).train(spark, Fixture.options("spark", 2));
            assertArrayEquals(outcome.model().params(), solo.params());
            assertEquals(outcome.summary().get("steps").longValue(), solo.step());
            assertEquals(outcome.summary().get("examples").longValue(), solo.examples());
            assertEquals(
                    outcome.summary().at("/metrics/valLoss").doubleValue(),
                    solo.evaluate(Split.VALIDATION).loss());
        }
    }
}
