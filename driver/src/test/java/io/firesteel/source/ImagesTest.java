package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two cats and a dog of 2x1 pixels. */
class ImagesTest {
    private static final BadRows FAIL = new BadRows.Fail(), SKIP = new BadRows.Skip(9);

    @TempDir
    Path folder;

    @BeforeEach
    void pictures() throws IOException {
        colour("cat/1.png", 0x010203, 0x040506);
        colour("cat/deeper/2.png", 0xff8000, 0);
        colour("dog/3.png", 0x070809, 0x0a0b0c);
    }

    @Test
    void foldersAreClassesAndPixelsAreRedGreenBlue() throws IOException {
        assertEquals(
                List.of("[1, 2, 3, 4, 5, 6]->0", "[-1, -128, 0, 0, 0, 0]->0", "[7, 8, 9, 10, 11, 12]->1"),
                Reading.of(source(FAIL), 2).rows());
        assertEquals(
                new RowSchema(new Shape(1, 2, 3), FeatureKind.BYTES, TargetKind.CLASS, 1).named(List.of("cat", "dog")),
                source(FAIL).schema());
    }

    @Test
    void greyPicturesKeepTheirBytes() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setPixels(0, 0, 2, 1, new int[] {3, 200});
        write("grey/a/0.png", grey, "png");
        Images source = new Images(folder + "/grey", null, null, FAIL);
        assertEquals(List.of("[3, -56]->0"), Reading.of(source, 1).rows());
        assertEquals(new Shape(1, 2, 1), source.schema().shape());
        assertEquals(
                List.of("[3, 3, 3, -56, -56, -56]->0"),
                Reading.of(source.like(new Shape(1, 2, 3), List.of("a")), 1).rows());
    }

    @Test
    void jpegIsReadToo() throws IOException {
        BufferedImage plain = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) plain.setRGB(i % 16, i / 16, 0x808080);
        write("jpeg/a/0.jpg", plain, "jpg");
        String[] bytes = Reading.of(new Images(folder + "/jpeg", null, null, FAIL), 1)
                .rows()
                .get(0)
                .replaceAll("[\\[\\] ]|->.*", "")
                .split(",");
        assertEquals(16 * 16 * 3, bytes.length);
        for (String each : bytes) assertTrue(Math.abs((Integer.parseInt(each) & 0xff) - 0x80) < 3, each);
    }

    @Test
    void badFilesAreNamedOrSkipped() throws IOException {
        colour("cat/wide.png", 1, 2, 3);
        Files.writeString(folder.resolve("dog/notes.txt"), "no picture");
        byte[] png = Files.readAllBytes(folder.resolve("dog/3.png"));
        Files.write(folder.resolve("dog/torn.png"), Arrays.copyOf(png, png.length - 30));
        Files.write(folder.resolve("dog/void.jpg"), new byte[0]);
        Files.writeString(folder.resolve("README"), "in no class folder");
        Files.writeString(folder.resolve("cat/.hidden"), "not looked at");
        Reading found = Reading.of(source(SKIP), 2);
        assertEquals("3 kept, 5 skipped, 0 imputed", found.summary());
        List<String> first = found.counts().first();
        assertEquals(folder + "/README: is in no class's folder; move it to one, or remove it", first.get(0));
        assertEquals(folder + "/cat/wide.png: an image of 1x3, wanted [1x2x3]; resize it, or remove it", first.get(1));
        assertEquals(folder + "/dog/notes.txt: not a readable image; wanted PNG or JPEG", first.get(2));
        assertTrue(first.get(3).startsWith(folder + "/dog/torn.png: cannot be read ("), first.get(3));
        assertEquals(folder + "/dog/void.jpg: not a readable image; wanted PNG or JPEG", first.get(4));
        assertEquals(first.get(0), Reading.refusal(source(FAIL), 2));
        assertThrows(IllegalArgumentException.class, () -> source(new BadRows.Impute(0, 1)));
    }

    @Test
    void aFolderThatTheTrainingRowsDidNotHaveIsBad() throws IOException {
        colour("cow/4.png", 0, 0);
        Source tested = source(SKIP).like(new Shape(1, 2, 3), List.of("cat", "dog"));
        Reading found = Reading.of(tested, 2);
        assertEquals("3 kept, 1 skipped, 0 imputed", found.summary());
        assertEquals(
                List.of(folder + "/cow/4.png: label \"cow\" is not one of the classes [cat, dog]; fix the row"),
                found.counts().first());
    }

    @Test
    void emptyFoldersAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("none/a"));
        assertEquals(
                folder + "/none: zero rows; wanted a folder of images for every class",
                Reading.refusal(new Images(folder + "/none", null, null, SKIP), 2));
        assertEquals(
                folder + "/gone: no such folder; check the path, or fetch the data first",
                Reading.refusal(new Images(folder + "/gone", null, null, SKIP), 2));
    }

    private Images source(BadRows bad) {
        return new Images(folder.toString(), null, null, bad);
    }

    private void colour(String name, int... pixels) throws IOException {
        BufferedImage image = new BufferedImage(pixels.length, 1, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < pixels.length; i++) image.setRGB(i, 0, pixels[i]);
        write(name, image, "png");
    }

    private void write(String name, BufferedImage image, String format) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, format, file.toFile()));
    }
}
