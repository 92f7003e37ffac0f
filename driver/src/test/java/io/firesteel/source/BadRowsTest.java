package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.Fixture;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowCounts;
import io.firesteel.spec.SpecException;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of three tables, the middle one poisoned: good rows are 1 to 6, bad ones stand between them. */
class BadRowsTest {
    private static final BadRows SKIP = new BadRows.Skip(10);

    @TempDir
    Path folder;

    @BeforeEach
    void tables() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x,label\n1,0\n2,1\n");
        Files.writeString(folder.resolve("b.csv"), "x,label\n3,0\nNaN,1\n,0\nfour,1\n5\n6,7\n4,1\n");
        Files.writeString(folder.resolve("c.csv"), "x,label\n5,0\n6,1\n");
    }

    @Test
    void failNamesTheFirstOne() {
        refused(
                "b.csv line 3: column \"x\" is \"NaN\", wanted a finite number; fix the cell or remove the row",
                new BadRows.Fail());
    }

    @Test
    void skipLeavesThemOutAndCountsThem() throws IOException {
        List<Float> rows = new ArrayList<>();
        RowCounts counts = read(SKIP, rows);
        assertEquals(List.of(1f, 2f, 3f, 4f, 5f, 6f), rows);
        assertEquals("6 kept, 5 skipped, 0 imputed", counts(counts));
        assertTrue(
                counts.first()
                        .get(4)
                        .endsWith("b.csv line 7: label 7 is outside 0..1; give the model's last layer one unit per "
                                + "class, or fix the row"),
                counts.first().toString());
    }

    @Test
    void imputeMendsCellsAndNothingElse() throws IOException {
        refused("b.csv line 6: 1 cells, wanted 2; fix the row", new BadRows.Impute(9, 10));
        Files.writeString(folder.resolve("b.csv"), "x,label\n3,0\nNaN,1\n,0\nfour,1\n4,1\n");
        List<Float> rows = new ArrayList<>();
        assertEquals("9 kept, 0 skipped, 3 imputed", counts(read(new BadRows.Impute(9, 10), rows)));
        assertEquals(List.of(1f, 2f, 3f, 9f, 9f, 9f, 4f, 5f, 6f), rows);
    }

    @Test
    void theBudgetEndsSkipping() {
        refused(
                "b.csv line 6: 1 cells, wanted 2; fix the row; that makes 4 bad rows, more than the budget of "
                        + "3; fix the data or raise \"budget\"",
                new BadRows.Skip(3));
    }

    @Test
    void aFileThatCannotBeReadCountsAsOne() throws IOException {
        List<Float> rows = new ArrayList<>();
        Files.writeString(folder.resolve("b.csv"), "y,label\n3,0\n");
        Files.createDirectory(folder.resolve("more"));
        refused("b.csv line 1: no column \"x\"; there is [y, label]", new BadRows.Fail());
        assertEquals("4 kept, 1 skipped, 0 imputed", counts(read(SKIP, rows)));
        Files.write(folder.resolve("b.csv"), torn("x,label\n" + "3,0\n".repeat(1000)));
        refused("b.csv line", new BadRows.Fail());
        assertEquals(1, read(SKIP, rows).skipped());
    }

    @Test
    void labelsOutOfRangeAreBadRowsOfAnIdx() throws IOException {
        Fixture fixture = new Fixture(folder);
        byte[] labels = new byte[Fixture.ROWS];
        labels[7] = labels[9] = 4;
        fixture.idx("labels", labels, labels.length);
        RowCounts counts = new Idx(
                        fixture.path("images").toString(),
                        fixture.path("labels").toString(),
                        SKIP)
                .read(4, (row, buffer) -> {});
        assertEquals("101 kept, 2 skipped, 0 imputed", counts(counts));
    }

    @Test
    void theSummaryHasTheCountsAndFewRowsInManyShardsTrain() throws IOException {
        Files.writeString(folder.resolve("run.json"), String.format(Locale.ROOT, """
        {"data": {"train": {"type": "Csv", "path": "%s", "features": ["x"], "label": "label", "bad": "Skip"}},
         "model": [{"type": "Dense", "units": 2}], "loss": "SoftmaxCrossEntropy", "optimizer": "Sgd",
         "schedule": {"type": "Constant", "rate": 0.1}, "batch": 4, "epochs": 3, "shards": 64}
        """, folder + "/?.csv"));
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            Training training = new Training(Run.read(folder + "/run.json", List.of()));
            JsonNode summary = training.train(spark, Training.Options.DEFAULT).summary();
            assertEquals(5, summary.at("/badRows/train/skipped").intValue());
            assertEquals(18, summary.get("examples").intValue());
            for (int partitions : new int[] {1, 64})
                assertEquals(
                        summary.get("weightsSha256"),
                        training.train(spark, Fixture.options("spark", partitions))
                                .summary()
                                .get("weightsSha256"));
        }
    }

    @Test
    void aPoisonedRowOfManyFilesIsNamedBeforeTheFirstStep() throws IOException {
        for (int file = 0; file < 37; file++)
            Files.writeString(
                    folder.resolve("m" + (10 + file) + ".txt"),
                    "x,label\n" + "1.5,0\n2.5,1\n".repeat(40) + (file == 23 ? "many,1\n" : "") + "3,0\n".repeat(9));
        String run = """
        {"data": {"train": {"type": "Csv", "path": "%s", "label": "label", "bad": BAD}},
         "model": [{"type": "Dense", "units": 2}], "loss": "SoftmaxCrossEntropy", "optimizer": "Sgd",
         "schedule": {"type": "Constant", "learningRate": 0.1}, "batch": 64, "epochs": 1, "shards": 4}
        """.formatted(folder + "/m*.txt");
        try (JavaSparkContext spark = Fixture.spark(
                "local[2]", "spark.sql.files.maxPartitionBytes", "300", "spark.sql.files.openCostInBytes", "1")) {
            SpecException found =
                    assertThrows(SpecException.class, () -> trained(spark, run.replace("BAD", "\"Fail\"")));
            assertTrue(
                    found.getMessage().startsWith(folder + "/m33.txt line 82: column \"x\" is \"many\""),
                    found.getMessage());
            JsonNode skipped = trained(spark, run.replace("BAD", "\"Skip\""));
            assertEquals(1, skipped.at("/badRows/train/skipped").intValue());
            assertEquals(37 * 89, skipped.get("examples").intValue());
            JsonNode imputed = trained(spark, run.replace("BAD", "{\"type\": \"Impute\", \"value\": 2}"));
            assertEquals(1, imputed.at("/badRows/train/imputed").intValue());
            assertEquals(37 * 89 + 1, imputed.get("examples").intValue());
        }
    }

    private JsonNode trained(JavaSparkContext spark, String run) throws IOException {
        Files.writeString(folder.resolve("run.json"), run);
        return new Training(Run.read(folder + "/run.json", List.of()))
                .train(spark, Training.Options.DEFAULT)
                .summary();
    }

    private void refused(String message, BadRows policy) {
        String found = assertThrows(SpecException.class, () -> read(policy, new ArrayList<>()))
                .getMessage();
        assertTrue(found.contains(folder + "/" + message), found);
    }

    private RowCounts read(BadRows policy, List<Float> rows) throws IOException {
        return new Csv(folder.toString(), "label", null, List.of("x"), null, ",", policy)
                .read(2, (row, cells) -> rows.add(cells.values[0]));
    }

    private static String counts(RowCounts counts) {
        return counts.rows() + " kept, " + counts.skipped() + " skipped, " + counts.imputed() + " imputed";
    }

    private static byte[] torn(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20);
    }
}
