package io.firesteel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.array.Floats;
import io.firesteel.array.Shape;
import io.firesteel.infer.Inference;
import io.firesteel.layer.LayerParser;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.train.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeCommandsTest {
    private static final ModelSpec CLASSIFIER = new ModelSpec(
            new Shape(3),
            new Normalization(List.of(1.0, 2.0, 3.0), List.of(2.0)),
            new Sequential(LayerParser.parse("dense(5) relu dense(4)").layers()),
            new SoftmaxCrossEntropy(),
            1);
    private static final int ROWS = 150; // more than two passes, and a rest

    @TempDir
    Path folder;

    private final PrintStream out = System.out, err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream(), complained = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(out);
        System.setErr(err);
        System.clearProperty("spark.master");
        System.clearProperty("spark.ui.enabled");
    }

    @Test
    void aModelLeavesAsOnnxAndAsSafetensorsAndComesBack() throws IOException {
        SavedModel saved = save(CLASSIFIER);
        run("export", path("model"), "--format", "onnx", "--out", path("m.onnx"));
        assertTrue(Files.size(folder.resolve("m.onnx")) > 4L * saved.params().length);
        run("export", path("model"), "--format", "safetensors", "--out", path("m.safetensors"));
        run("import", path("m.safetensors"), "--model", path("model"), "--out", path("again"));
        assertTrue(text(printed).contains("0 -> 0-Dense\n2 -> 2-Dense\n"), text(printed));
        assertArrayEquals(saved.params(), SavedModel.load(path("again")).params());
        assertTrue(Files.readString(folder.resolve("again/README.md"))
                .contains("imported from `" + path("m.safetensors")));
        assertEquals(
                "--format keras: wanted one of [onnx, safetensors]",
                refusal("export", path("model"), "--format", "keras", "--out", path("x")));
        assertFalse(Files.exists(folder.resolve("x")));
        assertEquals(
                path("again") + ": exists already; give another --out, or remove it",
                refusal("import", path("m.safetensors"), "--model", path("model"), "--out", path("again")));
    }

    @Test
    void weightsAreImportedIntoTheModelOfARunFile() throws IOException {
        Fixture fixture = new Fixture(folder);
        Run file = Run.read(fixture.run(), List.of());
        SavedModel saved = save(file.model(file.data().train().schema()));
        run("export", path("model"), "--format", "safetensors", "--out", path("m.safetensors"));
        run("import", path("m.safetensors"), "--model", fixture.run(), "--out", path("again"));
        assertEquals(saved.model(), SavedModel.load(path("again")).model());
        assertArrayEquals(saved.params(), SavedModel.load(path("again")).params());
    }

    @Test
    void aTableWithoutLabelsIsPredictedRowByRow() throws IOException {
        SavedModel saved = save(CLASSIFIER);
        float[] x = csv();
        float[] y = predict(saved, x);

        run(
                "predict",
                path("model"),
                "--data",
                path("t.csv"),
                "--except",
                "id,name",
                "--keep",
                "id",
                "--out",
                path("p.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("p.csv"));
        assertEquals("id,prediction,p0,p1,p2,p3", lines.get(0));
        assertEquals(ROWS + 1, lines.size());
        assertTrue(text(printed).contains(ROWS + " predictions written to " + path("p.csv")), text(printed));
        for (int r = 0; r < ROWS; r++) {
            String[] cells = lines.get(r + 1).split(",");
            assertEquals(r, Integer.parseInt(cells[0]));
            assertEquals(largest(y, r), Integer.parseInt(cells[1]));
            for (int j = 0; j < 4; j++) assertEquals(y[4 * r + j], Float.parseFloat(cells[2 + j]), 1e-6f);
        }

        run("predict", path("model"), "--data", path("t.csv"), "--features", "a,b,c", "--out", path("p.parquet"));
        assertTrue(
                refusal(
                                "predict",
                                path("model"),
                                "--data",
                                path("p.parquet"),
                                "--features",
                                "a,b,c",
                                "--out",
                                path("x.csv"))
                        .contains("column \"prediction\" is called as an output is"),
                text(complained));
        List<Row> rows = parquet("p.parquet");
        assertEquals(
                "[id, a, b, name, c, prediction, probabilities]",
                List.of(rows.get(0).schema().fieldNames()).toString());
        assertEquals(ROWS, rows.size());
        for (Row row : rows) {
            int r = (int) row.getLong(0);
            for (int j = 0; j < 4; j++)
                assertEquals(y[4 * r + j], (float) row.getList(6).get(j), 1e-6f);
        }
    }

    @Test
    void aTableOfValuesIsPredicted() throws IOException {
        SavedModel saved = save(new ModelSpec(
                new Shape(3),
                Normalization.NONE,
                new Sequential(LayerParser.parse("dense(2)").layers()),
                new SquaredError(),
                2));
        float[] y = predict(saved, csv());
        run("predict", path("model"), "--data", path("t.csv"), "--features", "a,b,c", "--out", path("p.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("p.csv"));
        assertEquals("id,a,b,name,c,prediction0,prediction1", lines.get(0));
        for (int r = 0; r < ROWS; r++)
            assertEquals(y[2 * r + 1], Float.parseFloat(lines.get(r + 1).split(",")[6]), 1e-5f);
        run("predict", path("model"), "--data", path("t.csv"), "--features", "a,b,c", "--out", path("p.jsonl"));
        assertEquals(ROWS, Files.readAllLines(folder.resolve("p.jsonl")).size());
    }

    @Test
    void aTableThatDoesNotFitIsOneLine() throws IOException {
        save(CLASSIFIER);
        csv();
        String unfit =
                refusal("predict", path("model"), "--data", path("t.csv"), "--except", "name", "--out", path("p.csv"));
        assertTrue(
                unfit.endsWith(path("t.csv")
                        + ": 4 feature columns [id, a, b, c], the model takes [3]; name the feature columns with "
                        + "--features, or the other columns with --except"),
                unfit);
        assertEquals(
                path("none.csv") + ": no such file; check the path, or fetch the data first",
                refusal("predict", path("model"), "--data", path("none.csv"), "--out", path("p.csv")));
        assertFalse(Files.exists(folder.resolve("p.csv")));
    }

    private SavedModel save(ModelSpec model) throws IOException {
        SavedModel saved = new SavedModel(model, model.layout().init(3));
        saved.save(path("model"));
        return saved;
    }

    /** A table id,a,b,name,c; returns a, b, c of its rows. */
    private float[] csv() throws IOException {
        float[] x = new float[3 * ROWS];
        List<String> lines = new ArrayList<>(List.of("id,a,b,name,c"));
        for (int r = 0; r < ROWS; r++) {
            for (int j = 0; j < 3; j++) x[3 * r + j] = (r * (j + 7) % 23 - 11) / 4f;
            lines.add(String.format(Locale.ROOT, "%d,%s,%s,row %d,%s", r, x[3 * r], x[3 * r + 1], r, x[3 * r + 2]));
        }
        Files.write(folder.resolve("t.csv"), lines);
        return x;
    }

    private static float[] predict(SavedModel saved, float[] x) {
        return new Inference(saved).predict(x);
    }

    private static int largest(float[] y, int row) {
        return Floats.argmax(4, y, 4 * row);
    }

    private List<Row> parquet(String name) throws IOException {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            return spark.read().parquet(path(name)).collectAsList();
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void run(String... args) {
        assertEquals(0, Firesteel.run(args), text(complained));
    }

    private String refusal(String... args) {
        complained.reset();
        assertEquals(2, Firesteel.run(args), text(complained));
        List<String> lines = text(complained)
                .lines()
                .filter(line -> line.startsWith("firesteel: ") && !line.contains("taken by place"))
                .toList();
        assertEquals(1, lines.size(), text(complained));
        return lines.get(0).substring("firesteel: ".length());
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
