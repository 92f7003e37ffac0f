package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    void shapeMustHoldTheColumns() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "a,b,c,d,label\n1,2,3,4,0\n");
        Csv source = new Csv(folder + "/t.csv", "label", null, null, new Shape(2, 2, 1), ",", new BadRows.Fail());
        assertEquals(new RowSchema(new Shape(2, 2, 1), FeatureKind.FLOATS, TargetKind.CLASS, 1), source.schema());
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
                "line 3: label 3 is outside 0..1; give the model's last layer one unit per class, or fix the row; labels other than "
                        + "0, 1, 2, ... are named in \"classes\"");
        refused(
                "a,label\n1,0\n2,0.5\n",
                "line 3: label 0.5 is outside 0..1; give the model's last layer one unit per class, or fix the row; labels other than "
                        + "0, 1, 2, ... are named in \"classes\"");
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
