package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
    private static final int PLANE = 32 * 32;
    private static final BadRows FAIL = new BadRows.Fail(), SKIP = new BadRows.Skip(9);

    @TempDir
    Path folder;

    @Test
    void planesBecomeChannelsAndFilesFollowTheirNames() throws IOException {
        Files.write(folder.resolve("data_batch_2.bin"), rows(1, 9));
        Files.write(folder.resolve("data_batch_1.bin"), rows(1, 3, 4));
        Reading found = Reading.of(new Cifar("data_batch_*.bin", 10, FAIL).under(folder.toString()), 10);
        assertEquals(
                List.of("3", "4", "9"),
                found.rows().stream().map(row -> row.split("->")[1]).toList());
        String[] bytes = found.rows().get(0).replaceAll("[\\[\\] ]|->.*", "").split(",");
        assertEquals(
                List.of("0", "1", "2", "10", "11", "12"),
                Arrays.asList(bytes).subList(0, 6),
                "red, green, blue of the first pixel, then of the second");
        assertEquals(
                new RowSchema(new Shape(32, 32, 3), FeatureKind.BYTES, TargetKind.CLASS, 1),
                new Cifar("x", 10, FAIL).schema());
    }

    @Test
    void ofAHundredClassesTheFineOrTheCoarseLabelIsTaken() throws IOException {
        Files.write(folder.resolve("train.bin"), rows(2, 7, 88));
        assertTrue(Reading.of(source("train.bin", 20, FAIL), 20).rows().get(0).endsWith("->7"));
        assertTrue(Reading.of(source("train.bin", 100, FAIL), 100).rows().get(0).endsWith("->88"));
        assertThrows(IllegalArgumentException.class, () -> new Cifar("x", 50, FAIL));
    }

    @Test
    void labelsOutOfRangeAreBadRows() throws IOException {
        Files.write(folder.resolve("a.bin"), rows(1, 3, 10, 4, 255));
        assertEquals(
                folder
                        + "/a.bin row 1: label 10 is outside 0..9; give the model's last layer one unit per "
                        + "class, or fix the row",
                Reading.refusal(source("a.bin", 10, FAIL), 10));
        Reading found = Reading.of(source("a.bin", 10, SKIP), 10);
        assertEquals("2 kept, 2 skipped, 0 imputed", found.summary());
        assertTrue(found.counts().first().get(1).startsWith(folder + "/a.bin row 3: label 255"), found.toString());
        assertThrows(IllegalArgumentException.class, () -> new Cifar("x", 10, new BadRows.Impute(0, 1)));
    }

    @Test
    void aTornFileCountsAsOne() throws IOException {
        byte[] whole = rows(1, 3, 4);
        Files.write(folder.resolve("a.bin"), Arrays.copyOf(whole, whole.length - 5));
        Files.write(folder.resolve("b.bin"), rows(1, 5));
        String message = folder + "/a.bin row 1: ends after 3068 of 3073 bytes; fetch the file again";
        assertTrue(Reading.refusal(source("?.bin", 10, FAIL), 10).startsWith(message));
        Reading found = Reading.of(source("?.bin", 10, SKIP), 10);
        assertEquals("2 kept, 1 skipped, 0 imputed", found.summary());
        assertTrue(found.counts().first().get(0).startsWith(message), found.toString());
    }

    @Test
    void emptyFilesAreRefused() throws IOException {
        Files.write(folder.resolve("a.bin"), new byte[0]);
        assertThrows(SpecException.class, () -> source("b.bin", 10, FAIL).read(10, (row, buffer) -> {}));
        assertEquals(
                folder + "/a.bin: zero rows; training needs at least one",
                Reading.refusal(source("a.bin", 10, SKIP), 10));
    }

    private Cifar source(String name, int classes, BadRows bad) {
        return new Cifar(name, classes, bad).under(folder.toString());
    }

    /** Rows with so many labels each, and the pixels 10 i + c. */
    private static byte[] rows(int labels, int... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < values.length; at += labels) {
            for (int k = 0; k < labels; k++) bytes.write(values[at + k]);
            for (int c = 0; c < 3; c++) for (int i = 0; i < PLANE; i++) bytes.write(10 * i + c);
        }
        return bytes.toByteArray();
    }
}
