package io.firesteel.cli;

import static io.firesteel.cli.Called.firesteel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.model.ModelColumns;
import io.firesteel.model.ModelColumns.NamedColumn;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of the columns a, b and c, asked about tables as the world has them. */
class TablePredictorTest {
    private static final String TABLE = "a,b,c,label\n1,2,3,0\n-4,5,0.5,1\n0,0,9,0\n";

    @TempDir
    Path folder;

    @BeforeEach
    void models() throws IOException {
        Sequential net = new Sequential(List.of(new Dense(2)));
        ModelSpec model = new ModelSpec(new Shape(3), Normalization.NONE, net, new SoftmaxCrossEntropy(), 1);
        float[] params = {0.1f, 0.4f, 0.2f, -0.5f, -0.3f, 0.6f, 0, 0};
        List<NamedColumn> features = List.of("a", "b", "c").stream()
                .map(name -> new NamedColumn(name, "number"))
                .toList();
        new SavedModel(model, params).save(folder + "/old");
        ModelColumns columns = new ModelColumns(features, List.of(new NamedColumn("label", "label")));
        ModelSpec named = new ModelSpec(
                model.input(), model.normalization(), net, model.loss(), 1, List.of(), null, null, columns);
        new SavedModel(named, params).save(folder + "/model");
        Files.writeString(folder.resolve("t.csv"), TABLE);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Called predict(String model, String table, String... more) {
        String[] all = new String[6 + more.length];
        System.arraycopy(more, 0, all, 6, more.length);
        String[] first = {"predict", folder + "/" + model, "--data", table, "--out", folder + "/p.csv"};
        System.arraycopy(first, 0, all, 0, 6);
        return firesteel(all);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("p.csv"));
    }

    @Test
    void columnsAreFoundByTheirNames() throws IOException {
        predict("model", folder + "/t.csv", "--keep", "label").done();
        List<String> answers = lines();
        String other = write("o.csv", "id,c,label,b,a\nx,3,0,2,1\ny,0.5,1,5,-4\nz,9,0,0,0\n");
        predict("model", other, "--keep", "label").done();
        assertEquals(answers, lines());
        predict("model", other, "--keep", "label", "--features", "c,b,a").done();
        assertEquals(answers, lines());
        predict("model", write("r.csv", TABLE.replace("a,b,c", "x,y,z")), "--keep", "label", "--features", "x,y,z")
                .done();
        assertEquals(answers, lines());
        predict("old", folder + "/t.csv", "--except", "label", "--keep", "label")
                .done();
        assertEquals(answers, lines());
        predict("model", write("A.csv", TABLE.replace("a,b,c", "A,b,c")))
                .ended(2, "no column \"a\"; there is \"A\", whose name differs in case");
        predict("model", write("ab.csv", "a,b,label\n1,2,0\n")).ended(2, "no column \"c\"; there is [a, b, label]");
        predict("model", folder + "/t.csv", "--except", "a")
                .ended(2, "--except [a]: the model takes the columns [a, b");
    }

    @Test
    void evaluateFindsThemSoToo() throws IOException {
        String same = evaluate("model", "t.csv").done().out();
        write("o.csv", "c,label,b,a\n3,0,2,1\n0.5,1,5,-4\n9,0,0,0\n");
        assertEquals(same, evaluate("model", "o.csv").done().out());
        Called old = evaluate("old", "t.csv").done();
        assertEquals(same, old.out());
        assertTrue(old.err().contains("are taken by place, [a, b, c]"), old.err());
        write("twice.csv", "a,b,a,c,label\n1,2,1,3,0\n");
        evaluate("model", "twice.csv").ended(2, "twice.csv line 1: 2 columns are called \"a\"");
        write("none.csv", "a,b,d,label\n1,2,3,0\n");
        evaluate("model", "none.csv").ended(2, "no column \"c\"; there is [a, b, d, label]");
    }

    private Called evaluate(String model, String table) {
        String data = "{\"type\":\"Csv\",\"path\":\"" + folder + "/" + table + "\",\"label\":\"label\"}";
        return firesteel("evaluate", folder + "/" + model, "--data", data);
    }

    @Test
    void keptColumnsAreWrittenAsTheyWereRead() throws IOException {
        String text = "id,code,when,note,a,b,c\n007,1e2,2024-01-01 10:00:00,\"x, \"\"y\"\"\",1,2,3\n"
                + "010,+3,2024-02-30, z ,1,2,3\n,,,,1,2,3\n";
        predict("model", write("k.csv", text), "--keep", "id,code,when,note").done();
        List<String> found = lines();
        assertTrue(found.get(1).startsWith("007,1e2,2024-01-01 10:00:00,\"x, \"\"y\"\"\","), found.get(1));
        assertTrue(found.get(2).startsWith("010,+3,2024-02-30, z ,"), found.get(2));
        assertTrue(found.get(3).startsWith(",,,,"), found.get(3));
        firesteel("predict", folder + "/model", "--data", folder + "/k.csv", "--out", folder + "/p.jsonl")
                .done();
        JsonNode row =
                Specs.parse("", Files.readAllLines(folder.resolve("p.jsonl")).get(0));
        assertEquals("007", row.get("id").textValue());
        assertEquals("1e2", row.get("code").textValue());
        assertEquals(1, row.get("a").longValue());
        predict("model", write("p0.csv", "P0,a,b,c\n1,1,2,3\n")).ended(2, "column \"P0\" is called as an output is");
    }

    @Test
    void aTableThatCannotBeReadIsRefusedWithItsPlace() throws IOException {
        write("p.csv", "before");
        predict("model", write("na.csv", TABLE.replace("-4", "NA")))
                .ended(2, "na.csv row 2: column \"a\" is \"NA\", wanted a finite number");
        predict("model", write("gap.csv", TABLE.replace("-4", ""))).ended(2, "gap.csv row 2: column \"a\" is missing");
        predict("model", write("2d.csv", TABLE.replace("-4", "2D"))).ended(2, "2d.csv row 2: column \"a\" is \"2D\"");
        predict("model", write("semi.csv", TABLE.replace(",", ";"))).ended(2, "a table's separator is a comma");
        predict("model", write("t.tsv", TABLE)).ended(2, "a table whose name ends with .csv");
        Files.createDirectory(folder.resolve("two.csv"));
        write("two.csv/0.csv", TABLE);
        write("two.csv/1.csv", TABLE.replace("a,b", "b,a"));
        predict("model", folder + "/two.csv").ended(2, "CSV header does not conform");
        assertEquals(List.of("before"), lines());
        List<String> names = HadoopFiles.list(folder.toString());
        assertFalse(names.toString().contains(".part"), names.toString());
    }

    @Test
    void noOutputIsWrittenOverAnInput() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("t.csv"));
        for (String out : List.of("/t.csv", "/link.csv", "/x/../t.csv"))
            firesteel("predict", folder + "/model", "--data", folder + "/t.csv", "--out", folder + out)
                    .ended(2, "t.csv, which is read; give another --out");
        firesteel("export", folder + "/model", "--format", "onnx", "--out", folder + "/model")
                .ended(2, "would replace " + folder + "/model/model.json");
        firesteel("predict", folder + "/model", "--data", folder + "/t.csv", "--out", folder + "/model/model.parquet")
                .done();
        Files.createDirectories(folder.resolve("mine.parquet"));
        write("mine.parquet/thesis.tex", "years");
        firesteel("predict", folder + "/model", "--data", folder + "/t.csv", "--out", folder + "/mine.parquet")
                .ended(2, "is a folder that holds thesis.tex");
        assertEquals(TABLE, Files.readString(folder.resolve("t.csv")));
    }
}
