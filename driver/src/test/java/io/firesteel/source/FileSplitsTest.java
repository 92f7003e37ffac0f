package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every split size gives the rows of the whole source, in their order. */
class FileSplitsTest {
    private static final BadRows FAIL = new BadRows.Fail(), SKIP = new BadRows.Skip(99);
    private static final int[] SIZES = {61, 333, 100_000};

    @TempDir
    Path folder;

    @Test
    void textIsCutAnywhereAndEveryLineIsReadOnce() throws IOException {
        StringBuilder csv = new StringBuilder("\uFEFFx,label\r\n"), svm = new StringBuilder("\uFEFF");
        for (int i = 0; i < 40; i++) {
            csv.append(i * i).append(",").append(i % 3).append(i % 4 == 0 ? "\n" : i % 4 == 1 ? "\r\n" : "\n\n");
            svm.append(i % 3).append(" 1:").append(i).append(i % 2 == 0 ? "\n" : "\r\n");
        }
        for (String name : List.of("a", "b")) {
            Files.writeString(folder.resolve(name + ".csv"), csv);
            Files.writeString(folder.resolve(name + ".svm"), svm);
        }
        same(new Csv(folder + "/?.csv", "label", null, null, null, ",", FAIL), 3, 80);
        same(new LibSvm(folder + "/?.svm", true, null, List.of(), FAIL), 3, 80);
    }

    @Test
    void recordsAreCutWhereTheyBegin() throws IOException {
        Fixture fixture = new Fixture(folder);
        same(new Idx(fixture.path("images").toString(), fixture.path("labels").toString()), 4, Fixture.ROWS);
        byte[] rows = new byte[5 * 3073];
        for (int i = 0; i < rows.length; i++) rows[i] = (byte) (i % 3073 == 0 ? i / 3073 : i * 31);
        Files.write(folder.resolve("cifar.bin"), rows);
        same(new Cifar(folder + "/cifar.bin", 10, FAIL), 10, 5);
    }

    @Test
    void aBadRowInMidFileIsNamedByItsLine() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x,label\n" + "1,0\n".repeat(50) + "four,1\n" + "1,0\n".repeat(50));
        Csv source = new Csv(folder + "/a.csv", "label", null, null, null, ",", SKIP);
        List<List<FileRange>> splits = new FileSplits(30, 0, 1).of(source.files(), true);
        assertTrue(splits.size() > 10);
        RowSchema schema = source.schema();
        RowCounts counts = new RowCounts(SKIP);
        for (List<FileRange> split : splits) counts.add(source.read(split, schema, 2, (row, buffer) -> {}));
        assertEquals(100, counts.rows());
        assertEquals(1, counts.skipped());
        assertEquals(
                folder + "/a.csv line 52: column \"x\" is \"four\", wanted a finite number; fix the cell or "
                        + "remove the row",
                counts.first().get(0));
    }

    @Test
    void smallFilesAreBundledAndCompressedOnesAreReadWhole() throws IOException {
        for (int i = 100; i < 140; i++) Files.writeString(folder.resolve(i + ".csv"), "x,label\n" + i + ",0\n");
        Csv many = new Csv(folder + "/*.csv", "label", null, null, null, ",", FAIL);
        assertEquals(4, new FileSplits(1 << 20, 10, 4).of(many.files(), true).size());
        same(many, 1, 40);
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("z.gz")))) {
            for (int i = 0; i < 9000; i++) out.write(("1 1:" + i * 7919 % 9001 + "\n").getBytes("UTF-8"));
        }
        LibSvm gzip = new LibSvm(folder + "/z.gz", true, null, List.of(), FAIL);
        assertEquals(1, new FileSplits(10, 0, 4).of(gzip.files(), true).size());
        same(gzip, 2, 9000);
    }

    private static void same(FileSource source, int classes, int rows) throws IOException {
        List<String> whole = Reading.of(source, classes).rows();
        assertEquals(rows, whole.size());
        RowSchema schema = source.schema();
        for (int size : SIZES) {
            List<String> pieces = new ArrayList<>();
            for (List<FileRange> split : new FileSplits(size, 0, 1).of(source.files(), true))
                ((FileSource) source.like(schema.shape(), schema.classes()))
                        .read(split, schema, classes, (row, buffer) -> pieces.add(Reading.row(buffer)));
            assertEquals(whole, pieces, "splits of " + size + " bytes");
        }
    }
}
