package io.firesteel.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.Fixture;
import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.infer.Inference;
import io.firesteel.layer.LayerParser;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.Loss;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.model.WeightsFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Model files that a release has written stay in git, a folder each with what the model answered then. Before a
 * release: {@code mvn -B test -pl driver -am -Dtest=OldModelsTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dmodels.write=0.2} writes its own.
 */
class OldModelsTest {
    private static final Path ROOT = Path.of("src/test/resources/models");
    private static final int ROWS = 5;
    private static JavaSparkContext spark;

    /** {@code src/test/resources/models/RELEASE/NAME}. */
    static Stream<Path> models() throws IOException {
        try (Stream<Path> releases = Files.list(ROOT)) {
            return releases.flatMap(OldModelsTest::folders).sorted().toList().stream();
        }
    }

    /** Those that Spark ML has written. */
    static Stream<Path> stages() throws IOException {
        return models().filter(folder -> Files.exists(folder.resolve("metadata")));
    }

    private static Stream<Path> folders(Path release) {
        try (Stream<Path> folders = Files.list(release)) {
            return folders.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        spark = Fixture.spark("local[1]");
        String release = System.getProperty("models.write");
        if (release != null) write(ROOT.resolve(release));
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @Test
    void thereAreModelsOfARelease() throws IOException {
        assertTrue(models().count() >= 3);
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelOfAnOldReleaseAnswersAsItDidThen(Path folder) throws IOException {
        JsonNode then = Specs.parse("answers", Files.readString(folder.resolve("answers.json")));
        SavedModel saved = Files.exists(folder.resolve("metadata"))
                ? NetClassificationModel.load(folder.toString()).saved()
                : SavedModel.load(folder.toString());
        assertEquals(then.get("weightsSha256").textValue(), WeightsFile.sha256(saved.params()));
        assertArrayEquals(floats(then.get("y")), predict(saved, floats(then.get("x"))), 1e-6f);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aStageOfAnOldReleaseAnswersAsItDidThen(Path folder) throws IOException {
        JsonNode then = Specs.parse("answers", Files.readString(folder.resolve("answers.json")));
        NetClassificationModel stage = NetClassificationModel.load(folder.toString());
        float[] x = floats(then.get("x")), y = floats(then.get("y"));
        for (int r = 0; r < ROWS; r++) {
            double[] row = new double[stage.numFeatures()], wanted = new double[stage.numClasses()];
            for (int i = 0; i < row.length; i++) row[i] = x[r * row.length + i];
            for (int j = 0; j < wanted.length; j++) wanted[j] = y[r * wanted.length + j];
            assertArrayEquals(
                    wanted, stage.predictProbability(Vectors.dense(row)).toArray(), 1e-6);
        }
    }

    private static void write(Path release) throws IOException {
        SavedModel images = saved(
                "10x9x2",
                "conv2d(6, 3x2, padding=same, bias=false) relu maxpool2d(2) conv2d(4, 2) tanh "
                        + "averagepool2d(2, 1) flatten dense(7, init=Xavier) sigmoid dense(5)",
                new SoftmaxCrossEntropy(),
                1,
                new Normalization(List.of(0.1, -0.2), List.of(0.5, 2.0)));
        write(images, release.resolve("images"));
        write(
                saved("6", "dense(8) tanh dense(3)", new SquaredError(), 3, Normalization.NONE),
                release.resolve("values"));
        SavedModel vectors = saved(
                "6",
                "dense(8) relu dense(3)",
                new SoftmaxCrossEntropy(),
                1,
                new Normalization(List.of(1.5), List.of(3.0)));
        Path stage = release.resolve("spark-ml");
        new NetClassificationModel("netClassifier_of_a_release", vectors, null)
                .write()
                .overwrite()
                .save(stage.toString());
        answers(vectors, stage);
    }

    private static SavedModel saved(String in, String layers, Loss loss, int targets, Normalization normalization) {
        ModelSpec model = new ModelSpec(
                Shape.parse(in),
                normalization,
                new Sequential(LayerParser.parse(layers).layers()),
                loss,
                targets);
        return new SavedModel(model, model.layout().init(7));
    }

    private static void write(SavedModel saved, Path folder) throws IOException {
        saved.save(folder.toString());
        answers(saved, folder);
    }

    private static void answers(SavedModel saved, Path folder) throws IOException {
        Random64 random = new Random64(3);
        float[] x = new float[ROWS * saved.model().input().size()];
        for (int i = 0; i < x.length; i++) x[i] = (float) random.nextGaussian();
        ObjectNode answers =
                JsonNodeFactory.instance.objectNode().put("weightsSha256", WeightsFile.sha256(saved.params()));
        for (float each : x) answers.withArray("x").add(each);
        for (float each : predict(saved, x)) answers.withArray("y").add(each);
        Files.writeString(folder.resolve("answers.json"), answers + "\n");
    }

    private static float[] predict(SavedModel saved, float[] x) {
        return new Inference(saved).predict(x);
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = list.get(i).floatValue();
        return values;
    }
}
