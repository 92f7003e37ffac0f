package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path folder;

    @Test
    void columnsAreFoundByName() throws IOException {
        assertEquals(
                List.of("[1.0, 2.5]->[0.0]", "[-3.0, 4.0E-5]->[1.0]"),
                rows("a,label,b\n1,0,2.5\n-3,1,4e-5\n", "label", null));
        assertEquals(List.of("[1.0]->[0.0, 2.5]"), rows("a,label,b\n1,0,2.5\n", null, List.of("label", "b")));
    }

    @Test
    void quotesWindowsLinesAndBlanksAreRead() throws IOException {
        assertEquals(
                List.of("[1.0]->[0.0]", "[2.0]->[1.0]"), rows("\"a\",label\r\n\"1\", 0\r\n2,1\r\n", "label", null));
    }

    @Test
    void quotesBehindABackslashAreReadWhereTheyMakeTheRowWhole() throws IOException {
        String text = "a,note,label\n1,\"say \\\"hi\\\", ok\",0\n2,\"C:\\\",1\n3,\"say \"\"hi\"\", ok\",1\n";
        Files.writeString(folder.resolve("t.csv"), text);
        Csv source = new Csv(folder + "/t.csv", "label", null, List.of("a"), null, ",", new BadRows.Fail());
        assertEquals(
                List.of("[1.0]->0", "[2.0]->1", "[3.0]->1"),
                Reading.of(source, 2).rows());
        assertEquals('\\', CsvCells.escape(folder + "/t.csv"));
        Files.writeString(folder.resolve("u.csv"), "a,note\n1,\"C:\\\"\n2,\"say \"\"hi\"\", ok\"\n");
        assertEquals('"', CsvCells.escape(folder + "/u.csv"));
    }

    @Test
    void aRowGoesOnInTheNextLineWithinQuotes() throws IOException {
        String text = "a,note,label\n1,\"two\nlines, \"\"quoted\"\"\",0\n2,5\" wide,1\n3,\"\"\"\",1\n";
        Files.writeString(folder.resolve("t.csv"), text);
        Csv source = new Csv(folder + "/t.csv", "label", null, List.of("a"), null, ",", new BadRows.Fail());
        assertEquals(
                List.of("[1.0]->0", "[2.0]->1", "[3.0]->1"),
                Reading.of(source, 2).rows());
        RowSchema schema = source.schema();
        String cut = assertThrows(
                        SpecException.class,
                        () -> source.read(
                                List.of(new FileRange(folder + "/t.csv", 0, text.length() - 1)),
                                schema,
                                2,
                                (row, buffer) -> {}))
                .getMessage();
        assertTrue(cut.startsWith(folder + "/t.csv line 2: a cell in quotes goes on in the next line"), cut);
    }

    @Test
    void numbersAreAsPeopleWriteThem() {
        for (String cell : List.of("2D", "3f", "0x1p3"))
            refused(
                    "a,label\n" + cell + ",0\n",
                    "line 2: column \"a\" is \"" + cell + "\", wanted a finite number; "
                            + "fix the cell or remove the row");
    }

    @Test
    void weightsAndValidationRowsAreInColumns() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "a,w,v,label\n1,0.5,true,0\n2,2,,1\n");
        Csv source = new Csv(
                folder + "/t.csv", "label", null, null, "w", "v", null, ",", false, List.of(), new BadRows.Fail());
        List<String> found = new ArrayList<>();
        source.read(2, (row, buffer) -> found.add(buffer.values[0] + " " + buffer.weight + " " + buffer.validation));
        assertEquals(List.of("1.0 0.5 true", "2.0 2.0 false"), found);
    }

    @Test
    void compressedFilesAreKnownByTheirFirstBytes() throws IOException {
        byte[] text = "a,label\n1,0\n2,1\n".getBytes(StandardCharsets.UTF_8);
        BZip2Codec bzip2 = new BZip2Codec();
        bzip2.setConf(new Configuration());
        for (boolean zstd : new boolean[] {true, false}) {
            try (OutputStream file = Files.newOutputStream(folder.resolve("t.csv"));
                    OutputStream out = zstd ? new ZstdOutputStream(file) : bzip2.createOutputStream(file)) {
                out.write(text);
            }
            assertEquals(
                    List.of("[1.0]->0", "[2.0]->1"),
                    Reading.of(new Csv(folder + "/t.csv", "label", null, null, null, ",", new BadRows.Fail()), 2)
                            .rows());
        }
    }

    @Test
    void shapeMustHoldTheColumns() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "a,b,c,d,label\n1,2,3,4,0\n");
        Csv source = new Csv(folder + "/t.csv", "label", null, null, new Shape(2, 2, 1), ",", new BadRows.Fail());
        assertEquals(
                new RowSchema(new Shape(2, 2, 1), FeatureKind.FLOATS, TargetKind.CLASS, 1),
                source.schema().with(null));
        Csv wrong = new Csv(folder + "/t.csv", "label", null, null, new Shape(5), ",", new BadRows.Fail());
        assertEquals(
                folder + "/t.csv: 4 feature columns, but shape 5 has 5",
                assertThrows(SpecException.class, wrong::schema).getMessage());
    }

    @Test
    void badCellsAreNamed() {
        refused("a,label\n1,0\n,1\n", "line 3: column \"a\" is missing; fill the cell or remove the row");
        refused(
                "a,label\n1,0\nfour,1\n",
                "line 3: column \"a\" is \"four\", wanted a finite number; fix the cell or remove the row");
        refused(
                "a,label\n1,0\nNaN,1\n",
                "line 3: column \"a\" is \"NaN\", wanted a finite number; fix the cell or remove the row");
        refused(
                "a,label\n1,0\n1e99,1\n",
                "line 3: column \"a\" is \"1e99\", wanted a finite number; fix the cell or remove the row");
        refused("a,label\n1,0\n2\n", "line 3: 1 cells, wanted 2; fix the row");
        refused(
                "a,label\n1,0\n2,3\n",
                "line 3: label 3 is outside 0..1; give the model's last layer one unit per class, or fix the row");
        refused(
                "a,label\n1,0\n2,0.5\n",
                "line 3: label 0.5 is outside 0..1; name labels other than 0, 1, 2, ... in \"classes\", or fix the "
                        + "row");
    }

    @Test
    void filesWithoutRowsOrColumnsAreRefused() {
        refused("", "empty; the first line names the columns");
        refused("a,label\n", "zero rows; training needs at least one");
        refused("a,b\n1,2\n", "line 1: no column \"label\"; there is [a, b]");
        refused("label\n1\n", "no feature column is left; there is [label]");
    }

    private void refused(String text, String message) {
        String found = assertThrows(SpecException.class, () -> rows(text, "label", null))
                .getMessage();
        assertEquals(message, found.substring(found.indexOf("t.csv") + 5).replaceFirst("^:? ", ""));
    }

    private List<String> rows(String text, String label, List<String> values) throws IOException {
        Files.writeString(folder.resolve("t.csv"), text);
        List<String> rows = new ArrayList<>();
        new Csv("t.csv", label, values, null, null, ",", new BadRows.Fail())
                .under(folder.toString())
                .read(
                        2,
                        (row, cells) ->
                                rows.add(Arrays.toString(cells.values) + "->" + Arrays.toString(cells.targets)));
        return rows;
    }
}
