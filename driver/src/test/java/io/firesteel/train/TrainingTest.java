package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.Fixture;
import io.firesteel.array.Floats;
import io.firesteel.array.ParamSlice;
import io.firesteel.infer.Inference;
import io.firesteel.metric.Evaluation;
import io.firesteel.model.CompiledModel;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.row.InputScaler;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static JavaSparkContext spark;

    @TempDir
    Path folder;

    private Fixture fixture;

    @BeforeAll
    static void start() {
        spark = Fixture.spark("local[2]", "spark.serializer", KryoSerializer.class.getName());
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @BeforeEach
    void files() throws IOException {
        fixture = new Fixture(folder);
    }

    /** One batch of all rows, computed by one program without shards, divided and stepped by hand. */
    @Test
    void aStepIsTheMeanGradientOfItsRowsAndTheDecayOfTheWeights() throws IOException {
        Training training = training(
                "batch=103",
                "epochs=1",
                "data.validation={}",
                "optimizer=Sgd",
                "schedule.rate=0.5",
                "weightDecay=0.01");
        float[] after = training.train(spark, Training.Options.DEFAULT).model().params();
        float[] w = training.layout().init(1), g = new float[w.length];
        CompiledModel program = new CompiledModel(training.model(), Fixture.ROWS);
        InputScaler normalizer = new InputScaler(training.model());
        Run.read(fixture.run(), List.of()).data().train().read(4, (row, cells) -> {
            normalizer.apply(cells, (int) row, program.x, 36);
            program.targets[(int) row] = cells.targets[0];
        });
        program.gradient(w, Fixture.ROWS, g);
        Floats.divide(g, Fixture.ROWS, 0, g.length);
        for (ParamSlice param : training.layout().params())
            for (int i = param.offset(); i < param.end(); i++)
                w[i] -= 0.5f * (g[i] + (param.role() == ParamSlice.Role.WEIGHT ? 0.01f * w[i] : 0));
        assertArrayEquals(w, after, 1e-5f);
    }

    @Test
    void itLearnsAndReportsWhatInferenceFinds() throws IOException {
        Training.Outcome outcome = train("epochs=150");
        JsonNode metrics = outcome.summary().get("metrics");
        assertTrue(metrics.get("testAccuracy").doubleValue() > 0.9, metrics.toString());
        Evaluation test = new Inference(outcome.model())
                .evaluate(Run.read(fixture.run(), List.of()).data().test());
        assertEquals(Fixture.ROWS, test.rows());
        assertEquals(metrics.get("testAccuracy").doubleValue(), test.get("accuracy"));
        assertEquals(metrics.get("testLoss").doubleValue(), test.loss(), 1e-6);
    }

    /** Nothing between the rows and the files knows a metric's name. */
    @Test
    void theMetricsOfTheRunAreInEveryFileAndTheSameFromEverySource() throws IOException {
        String[] run = {"metrics=[\"Auc\",{\"type\":\"TopK\",\"k\":2},\"Accuracy\"]", "stop.steps=25"};
        JsonNode expected = null;
        for (String gradients : List.of("in-process", "spark", "spark-slices")) {
            String out = folder + "/" + gradients;
            training(run).train(spark, new Training.Options(out, gradients, 3, null, false, false, false));
            JsonNode metrics = Specs.parse("", Files.readString(Path.of(out, "summary.json")))
                    .get("metrics");
            if (expected == null) expected = metrics;
            assertEquals(expected, metrics, gradients);
            List<String> names = new ArrayList<>();
            metrics.fieldNames().forEachRemaining(names::add);
            assertEquals(List.of("trainLoss", "trainAuc", "trainTop2", "trainAccuracy"), names.subList(0, 4));
            assertTrue(Files.readString(Path.of(out, "metrics.jsonl")).contains("\"valTop2\":"));
            assertTrue(Files.readString(Path.of(out, "model/README.md")).contains("| testAuc | "));
            SavedModel saved = SavedModel.load(out);
            Evaluation test = new Inference(saved)
                    .evaluate(Run.read(fixture.run(), List.of()).data().test());
            assertEquals(metrics.get("testTop2").doubleValue(), test.get("top2"));
            assertEquals(metrics.get("testAuc").doubleValue(), test.get("auc"), 1e-9);
        }
    }

    @Test
    void theOutputFolderHoldsTheRunItsMetricsAndTheModel() throws IOException {
        String out = folder + "/out";
        training("batch=10").train(spark, new Training.Options(out, "auto", 0, null, false, false, false));
        assertEquals(Run.read(fixture.run(), List.of("batch=10")), Run.read(out + "/run.json", List.of()));
        JsonNode summary = Specs.parse("summary", Files.readString(Path.of(out, "summary.json")));
        assertEquals(30, summary.get("steps").intValue());
        assertEquals(3 * 93, summary.get("examples").intValue());
        assertEquals(
                summary.get("weightsSha256").textValue(),
                io.firesteel.model.WeightsFile.sha256(SavedModel.load(out).params()));
        List<String> lines = Files.readAllLines(Path.of(out, "metrics.jsonl"));
        assertEquals(6, lines.size()); // every tenth step and every epoch
        assertTrue(Specs.parse("metrics", lines.get(5)).has("valAccuracy"), lines.get(5));
    }

    @Test
    void aRunStopsAfterTheStepsItWasGiven() throws IOException {
        JsonNode summary = train("stop.steps=17").summary();
        assertEquals(17, summary.get("steps").intValue());
        assertEquals(93 + 70, summary.get("examples").intValue());
    }

    @Test
    void aGradientThatIsNotFiniteStopsTheRunAndNamesItsPlace() throws IOException {
        for (String gradients : Training.Options.GRADIENTS.subList(1, Training.Options.GRADIENTS.size())) {
            DivergedException diverged = assertThrows(
                    DivergedException.class,
                    () -> training("optimizer=Sgd", "schedule.rate=1e30").train(spark, Fixture.options(gradients, 2)));
            assertTrue(
                    diverged.getMessage()
                            .matches("step [1-3] \\(epoch 0\\): gradient of 0-Conv2d/w is not finite in shard 0 "
                                    + "\\(loss .*"),
                    diverged.getMessage());
        }
    }

    @Test
    void badRunsAreRefusedBeforeTheFirstStep() {
        refused("batch 200 is larger than the 93 training rows; set a smaller batch", "batch=200");
        refused(
                "model: layer 4, Dense[units=4, bias=true, init=He[gain=2.0]]: Dense takes vectors, got "
                        + "[2x2x3]; put Flatten before it",
                "model[3]=Relu");
        refused(
                folder + "/run.json: model[4]: unknown key \"unit\" of Dense; there is [bias, init, units]",
                "model[4].unit=4");
        refused(
                folder + "/run.json: optimizer.momentum: found \"x\", wanted a number",
                "optimizer=Sgd",
                "optimizer.momentum=x");
        refused(
                folder + "/run.json: momentum is in [0, 1), got 1.5".replace("run.json: ", "run.json: optimizer: "),
                "optimizer=Sgd",
                "optimizer.momentum=1.5");
        refused("--set batch: wanted path=value, as in optimizer.momentum=0.8", "batch");
        refused("--set model[9].units=1: found \"9\", wanted a place 0..4 of a list", "model[9].units=1");
    }

    private void refused(String message, String... overrides) {
        assertEquals(
                message,
                assertThrows(SpecException.class, () -> train(overrides)).getMessage());
    }

    private Training.Outcome train(String... overrides) throws IOException {
        return training(overrides).train(spark, Training.Options.DEFAULT);
    }

    private Training training(String... overrides) throws IOException {
        return new Training(Run.read(fixture.run(), List.of(overrides)));
    }
}
