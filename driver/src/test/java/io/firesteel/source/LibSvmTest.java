package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibSvmTest {
    private static final BadRows FAIL = new BadRows.Fail(), SKIP = new BadRows.Skip(9);

    @TempDir
    Path folder;

    @Test
    void indicesFromOneBecomePlacesFromZeroAndRowsStaySparse() throws IOException {
        write("a", "1 1:0.5 9:-2 # a comment\n\n0\n1 9:1e1\r\n");
        assertEquals(
                List.of("[0:0.5 8:-2.0]->1", "[]->0", "[8:10.0]->1"),
                Reading.of(source("a", FAIL), 2).rows());
        assertEquals(
                new RowSchema(new Shape(9), FeatureKind.SPARSE, TargetKind.CLASS, 1),
                source("a", FAIL).schema());
    }

    @Test
    void rowsOfWhichMoreThanAThirdIsGivenAreDense() throws IOException {
        write("a", "1 1:0.5 3:-2\n0\n1 3:1e1\n");
        assertEquals(
                List.of("[0.5, 0.0, -2.0]->1", "[0.0, 0.0, 0.0]->0", "[0.0, 0.0, 10.0]->1"),
                Reading.of(source("a", FAIL), 2).rows());
    }

    @Test
    void aNumberMayBeLearnedInPlaceOfAClass() throws IOException {
        write("a", "-1.5 1:1\n");
        assertEquals(
                List.of("[1.0]->[-1.5]"),
                Reading.of(new LibSvm(folder + "/a", false, null, null, FAIL), Integer.MAX_VALUE)
                        .rows());
    }

    @Test
    void labelsMayStandForClasses() throws IOException {
        write("a", "-1 1:1\n+1 2:1\n");
        LibSvm signs = new LibSvm(folder + "/a", true, null, List.of("-1", "+1"), FAIL);
        assertEquals(
                List.of("[1.0, 0.0]->0", "[0.0, 1.0]->1"), Reading.of(signs, 2).rows());
        assertEquals(
                folder
                        + "/a line 1: label -1 is outside 0..1; name labels other than 0, 1, 2, ... in "
                        + "\"classes\", or fix the row",
                Reading.refusal(source("a", FAIL), 2));
    }

    @Test
    void theWidthOfTheTrainingRowsIsThatOfTheTestRows() throws IOException {
        write("a", "1 1:1\n");
        assertEquals(
                new Shape(5),
                source("a", FAIL).like(new Shape(5), List.of()).schema().shape());
        assertEquals(
                folder + "/a line 1: index 6 after 1, wanted ascending indices in 1..5; fix the row or set \"shape\"",
                Reading.refusal(rewritten("1 1:1 6:1\n").like(new Shape(5), List.of()), 2));
    }

    @Test
    void badRowsAreNamed() throws IOException {
        refused("1 2:1 2:1", "index 2 after 2, wanted ascending indices in 1..2; fix the row or set \"shape\"");
        refused("1 0:1 2:1", "index 0, wanted ascending indices in 1..2; fix the row or set \"shape\"");
        refused("1 one:1 2:1", "found \"one:1\", wanted index:value; fix the row");
        refused("1 1 2:1", "found \"1\", wanted index:value; fix the row");
        refused("1 2:NaN", "index 2 is \"NaN\", wanted a finite number; fix the value or remove the row");
        refused("1 2:", "index 2 is \"\", wanted a finite number; fix the value or remove the row");
        refused("7 2:1", "label 7 is outside 0..1; give the model's last layer one unit per class, or fix the row");
    }

    @Test
    void badRowsAreSkippedOrImputed() throws IOException {
        write("a", "1 1:1\n1 2:x\n9 1:1\n0 2:1\n");
        Reading skipped = Reading.of(source("a", SKIP), 2);
        assertEquals(List.of("[1.0, 0.0]->1", "[0.0, 1.0]->0"), skipped.rows());
        assertEquals("2 kept, 2 skipped, 0 imputed", skipped.summary());
        assertEquals(
                folder + "/a line 2: index 2 is \"x\", wanted a finite number; fix the value or remove the row",
                skipped.counts().first().get(0));
        write("a", "1 1:1\n1 2:x\n0 2:1\n");
        Reading imputed = Reading.of(source("a", new BadRows.Impute(7, 1)), 2);
        assertEquals(List.of("[1.0, 0.0]->1", "[0.0, 7.0]->1", "[0.0, 1.0]->0"), imputed.rows());
        assertEquals("3 kept, 0 skipped, 1 imputed", imputed.summary());
    }

    @Test
    void filesWithoutRowsAreRefused() throws IOException {
        write("a", "\n# nothing\n");
        assertEquals(folder + "/a: zero rows; training needs at least one", Reading.refusal(source("a", FAIL), 2));
    }

    private void refused(String row, String message) throws IOException {
        assertEquals(folder + "/a line 2: " + message, Reading.refusal(rewritten("0 2:1\n" + row + "\n"), 2));
    }

    private LibSvm rewritten(String text) throws IOException {
        write("a", text);
        return source("a", FAIL);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private LibSvm source(String name, BadRows bad) {
        return new LibSvm(name, true, null, null, bad).under(folder.toString());
    }
}
