package io.firesteel.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.firesteel.Fixture;
import io.firesteel.infer.Inference;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.source.Idx;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The models of the examples in ONNX Runtime, trained for some steps on the bundled images and asked for all bundled
 * test images. With {@code -Donnx.data=full} and the whole of Fashion-MNIST ({@code examples/data/fetch.sh}) they train
 * on that, ten times as long, and are asked for all of its 10,000 test images.
 */
class ExamplesOnnxTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final boolean FULL = "full".equals(System.getProperty("onnx.data"));
    private static final int HEADER = 16; // bytes before the first pixel of an IDX file of images
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = Fixture.spark("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    /** Folders of examples with a run file. */
    static Stream<String> examples() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("run.json")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void thereAreExamples() throws IOException {
        assertTrue(examples().count() >= 3);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyTestImageHasTheSameLabelAndProbabilities(String name) throws IOException, OrtException {
        String data = EXAMPLES.toAbsolutePath().normalize() + "/data/" + (FULL ? "full/" : "");
        List<String> overrides = new ArrayList<>(List.of("epochs=1", "data.validation={}"));
        overrides.addAll(idx("train", data + (FULL ? "train-%s-idx%d-ubyte.gz" : "train-%s.gz")));
        overrides.addAll(idx("test", data + (FULL ? "t10k-%s-idx%d-ubyte.gz" : "test-%s.gz")));
        overrides.add("stop.steps=" + (FULL ? 300 : 30));
        Run run = Run.read(EXAMPLES + "/" + name + "/run.json", overrides);
        SavedModel saved =
                new Training(run).train(spark, Training.Options.DEFAULT).model();
        assertEquals(FULL ? 10_000 : 2_000, agreeing(saved, (Idx) run.data().test()));
    }

    private static List<String> idx(String split, String pattern) {
        return List.of(
                "data." + split + ".images=" + String.format(Locale.ROOT, pattern, "images", 3),
                "data." + split + ".labels=" + String.format(Locale.ROOT, pattern, "labels", 1));
    }

    /** Compares every row of the source and returns how many there were. */
    private static int agreeing(SavedModel saved, Idx source) throws IOException, OrtException {
        List<float[]> predicted = new ArrayList<>();
        int n = saved.model().outputs(), width = saved.model().input().size();
        new Inference(saved)
                .predict(
                        source,
                        (row, targets, outputs, from) -> predicted.add(Arrays.copyOfRange(outputs, from, from + n)));
        try (OnnxSession session = OnnxSession.of(saved);
                InputStream images = HadoopFiles.open(source.images())) {
            images.skipNBytes(HEADER);
            for (float[] ours : predicted) {
                float[] raw = new float[width];
                for (int i = 0; i < width; i++) raw[i] = images.read() / 255f;
                OnnxTest.assertAgree(saved.model(), 1, ours, session.run(1, raw));
            }
            assertEquals(-1, images.read());
        }
        return predicted.size();
    }
}
