package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {
    private static final BadRows FAIL = new BadRows.Fail(), SKIP = new BadRows.Skip(9);
    private static JavaSparkContext context;
    private static SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        context = Fixture.spark("local[1]");
        spark = SparkSession.builder().getOrCreate();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void columnsOfEveryKindOfNumberFollowOneAnother() throws IOException {
        write(spark.sql("""
            select 1 as label, 2 as a, 3L as b, float(0.5) as c, 1.25d as d, true as e, cast(2.5 as decimal(9, 3)) as f,
                   array(float(1), float(2)) as g, array(3d) as h,
                   cast(4.5 as decimal(30, 2)) as i, cast(9 as smallint) as j"""));
        assertEquals(
                List.of("[2.0, 3.0, 0.5, 1.25, 1.0, 2.5, 1.0, 2.0, 3.0, 4.5, 9.0]->1"),
                Reading.of(source(null, FAIL), 2).rows());
        assertEquals(
                List.of("[1.0, 2.0, 2.0]->1"),
                Reading.of(source(List.of("g", "a"), FAIL), 2).rows());
        Parquet values =
                new Parquet(folder + "/t", null, List.of("g", "b"), List.of("a"), null, null, null, null, FAIL);
        assertEquals(
                List.of("[2.0]->[1.0, 2.0, 3.0]"),
                Reading.of(values, Integer.MAX_VALUE).rows());
    }

    @Test
    void vectorsAreReadDenseOrSparse() throws IOException {
        Dataset<Row> numbers = spark.sql("select 0 as label, 1d as a, 2d as b union all select 1, 0d, 0d")
                .coalesce(1);
        write(new VectorAssembler()
                .setInputCols(new String[] {"a", "b"})
                .setOutputCol("v")
                .transform(numbers)
                .select("label", "v"));
        assertEquals(
                List.of("[1.0, 2.0]->0", "[0.0, 0.0]->1"),
                Reading.of(source(null, FAIL), 2).rows());
        write(new VectorAssembler()
                .setInputCols(new String[] {"a", "a", "b", "a", "b"})
                .setOutputCol("v")
                .transform(numbers.filter("label = 1"))
                .select("label", "v"));
        assertEquals(List.of("[]->1"), Reading.of(source(null, FAIL), 2).rows());
    }

    @Test
    void bytesStayBytes() throws IOException {
        write(spark.sql("select 0 as label, unhex('00ff1020') as image"));
        Parquet source = new Parquet(folder + "/t", "label", null, null, null, null, new Shape(2, 2, 1), null, FAIL);
        assertEquals(List.of("[0, -1, 16, 32]->0"), Reading.of(source, 1).rows());
        assertEquals(
                new RowSchema(new Shape(2, 2, 1), FeatureKind.BYTES, TargetKind.CLASS, 1),
                source.schema().with(null));
    }

    @Test
    void spacedFilesAndEmptyOnesAreRead() throws IOException {
        write(spark.range(0, 6, 1, 3).filter("id < 4").selectExpr("id % 2 as label", "float(id) as x"));
        assertEquals(
                List.of("[0.0]->0", "[1.0]->1", "[2.0]->0", "[3.0]->1"),
                Reading.of(source(null, FAIL), 2).rows());
        write(spark.range(3).filter("id > 9").selectExpr("id as label", "id as x"));
        assertEquals(folder + "/t: zero rows; training needs at least one", Reading.refusal(source(null, SKIP), 2));
    }

    @Test
    void namesOfClassesAreLearned() throws IOException {
        write(spark.sql("select explode(array('dog', null, 'cat', 'dog')) as label, 1 as x")
                .coalesce(1));
        Parquet source = source(null, SKIP);
        assertEquals(List.of("cat", "dog"), source.schema().classes());
        assertEquals(
                List.of("[1.0]->1", "[1.0]->0", "[1.0]->1"),
                Reading.of(source, 2).rows());
        assertEquals(
                "1 kept, 3 skipped, 0 imputed",
                Reading.of(source.like(new Shape(1), List.of("cat", "cow")), 2).summary());
        assertTrue(Reading.refusal(source(null, FAIL), 2)
                .endsWith(".parquet row 1: column \"label\" is missing; fill the cell or remove the row"));
    }

    @Test
    void badRowsAreNamedSkippedOrImputed() throws IOException {
        write(spark.sql("""
        select * from values (array(1d), 0), (array(1d, 2d), 1), (array(double('NaN'), 3d), 0), (array(null, 4d), 1),
          (null, 0), (array(5d, 6d), 7), (array(7d, 8d), 1) as t(x, label)""").coalesce(1));
        Reading skipped = Reading.of(source(null, SKIP), 2);
        assertEquals(List.of("[1.0, 2.0]->1", "[7.0, 8.0]->1"), skipped.rows());
        assertEquals("2 kept, 5 skipped, 0 imputed", skipped.summary());
        List<String> said = List.of(
                "row 0: column \"x\" has 1 numbers, wanted 2; fix the row",
                "row 2: column \"x[0]\" is NaN, wanted a finite number; fix the cell or remove the row",
                "row 3: column \"x[0]\" is missing; fill the cell or remove the row",
                "row 4: column \"x\"",
                "row 5: label 7 is outside 0..1;");
        for (int i = 0; i < said.size(); i++)
            assertTrue(
                    skipped.counts().first().get(i).contains(".parquet " + said.get(i)),
                    skipped.counts().first().get(i));
        assertTrue(Reading.refusal(source(null, FAIL), 2).endsWith(said.get(0)));
        write(spark.sql("select * from values (array(1d, double('inf')), 0), (array(null, 2d), 1) as t(x, label)")
                .coalesce(1));
        Reading imputed = Reading.of(source(null, new BadRows.Impute(9, 2)), 2);
        assertEquals(List.of("[1.0, 9.0]->0", "[9.0, 2.0]->1"), imputed.rows());
        assertEquals("2 kept, 0 skipped, 2 imputed", imputed.summary());
    }

    @Test
    void filesThatCannotBeReadCountAsOne() throws IOException {
        write(spark.sql("select 1 as label, 2 as x"));
        byte[] good = Files.readAllBytes(only(folder.resolve("t")));
        Files.writeString(folder.resolve("t/a.parquet"), "no parquet at all");
        Files.write(folder.resolve("t/b.parquet"), Arrays.copyOf(good, good.length - 3));
        Reading found = Reading.of(source(null, SKIP), 2);
        assertEquals("1 kept, 2 skipped, 0 imputed", found.summary());
        assertTrue(
                found.counts().first().get(0).startsWith(folder + "/t/a.parquet: cannot be read ("),
                found.counts().first().get(0));
        String refusal = Reading.refusal(source(null, FAIL), 2);
        assertTrue(refusal.startsWith(folder + "/t: cannot be read (") && refusal.contains("/t/a.parquet"), refusal);
    }

    @Test
    void columnsThatCannotBeFeaturesAreRefused() throws IOException {
        write(spark.sql("select 1 as label, 'a' as x, current_timestamp() as y, 1 as z"));
        assertTrue(Reading.refusal(source(List.of("x"), FAIL), 2)
                .endsWith(
                        "column \"x\" is string, wanted numbers, an array or a vector of numbers, bytes or an image"));
        assertTrue(Reading.refusal(source(List.of("z", "y"), FAIL), 2).contains("column \"y\" is timestamp"));
        assertTrue(
                Reading.refusal(source(List.of("w"), FAIL), 2).endsWith("no column \"w\"; there is [label, x, y, z]"));
    }

    private void write(Dataset<Row> table) {
        table.write().mode("overwrite").parquet(folder + "/t");
    }

    private Parquet source(List<String> features, BadRows bad) {
        return new Parquet("t", "label", null, features, null, null, null, null, bad).under(folder.toString());
    }

    private static Path only(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet")
                            && !file.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
