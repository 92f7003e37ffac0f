package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    Path folder;

    private Fixture fixture;

    @BeforeEach
    void files() throws IOException {
        fixture = new Fixture(folder);
    }

    @Test
    void plainAndGzipGiveTheSameRows() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(fixture.path("images.gz")))) {
            Files.copy(fixture.path("images"), out);
        }
        assertEquals(rows(source("images")), rows(source("images.gz")));
        assertEquals(
                new RowSchema(new Shape(6, 6, 1), FeatureKind.BYTES, TargetKind.CLASS, 1),
                source("images").schema());
    }

    @Test
    void wrongMagicIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(fixture.path("images"));
        bytes[2] = 0x0d;
        refused(
                bytes,
                "bad: magic number 0x00000d03, wanted 0x00000802 to 0x00000804 (IDX of unsigned bytes); is this "
                        + "the right file?");
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(fixture.path("images"));
        refused(Arrays.copyOf(bytes, bytes.length - 1), "bad: ends within image 102 of 103; fetch the file again");
        refused(Arrays.copyOf(bytes, 7), "bad: ends within the header; fetch the file again");
        refused(new byte[0], "bad: ends within the header; fetch the file again");
    }

    @Test
    void overLongFilesAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(fixture.path("images"));
        refused(Arrays.copyOf(bytes, bytes.length + 1), "bad: has bytes after its 103 rows; fetch the file again");
    }

    @Test
    void hugeSizesInTheHeaderTakeNoMemory() throws IOException {
        fixture.idx("bad", new byte[5], 10, 1 << 30, 1 << 30);
        String message =
                assertThrows(SpecException.class, () -> rows(source("bad"))).getMessage();
        assertTrue(
                message.endsWith("bad: sizes [10, 1073741824, 0] in the header; a row holds 1 to 67108864 bytes"),
                message);
    }

    @Test
    void labelsAreCheckedAndCounted() throws IOException {
        byte[] labels = new byte[Fixture.ROWS];
        labels[7] = 4;
        fixture.idx("labels", labels, labels.length);
        String message =
                assertThrows(SpecException.class, () -> rows(source("images"))).getMessage();
        assertTrue(message.contains("labels row 7: label 4 is outside 0..3"), message);
        fixture.idx("labels", new byte[5], 5);
        message =
                assertThrows(SpecException.class, () -> rows(source("images"))).getMessage();
        assertTrue(message.contains("5 labels, but ") && message.contains("images has 103 images"), message);
    }

    @Test
    void zeroRowsAreRefused() throws IOException {
        fixture.idx("bad", new byte[0], 0, 6, 6);
        assertTrue(assertThrows(SpecException.class, () -> rows(source("bad")))
                .getMessage()
                .contains("bad: zero rows"));
    }

    private void refused(byte[] bytes, String message) throws IOException {
        Files.write(fixture.path("bad"), bytes);
        assertEquals(
                folder + "/" + message,
                assertThrows(SpecException.class, () -> rows(source("bad"))).getMessage());
    }

    private Idx source(String images) {
        return new Idx(images, "labels").under(folder.toString());
    }

    private static String rows(Source source) throws IOException {
        StringBuilder all = new StringBuilder();
        source.read(
                4,
                (row, cells) ->
                        all.append(row).append(Arrays.toString(cells.pixels)).append(cells.targets[0]));
        return all.toString();
    }
}
