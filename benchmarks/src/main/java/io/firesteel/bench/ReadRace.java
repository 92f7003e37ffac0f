package io.firesteel.bench;

import io.firesteel.internal.shard.PackedDataset;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.source.Source;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reading a table until the first step could be done (scanned, packed, counted, assigned to shards) against Spark
 * reading the same files and doing nothing with the rows, in turns.
 *
 * <p>{@code ReadRace FOLDER ROWS ROUNDS}: the tables, of {@value #WIDTH} numbers and a label, are written to the folder
 * if they are not there.
 */
final class ReadRace {
    private static final int WIDTH = 100, SHARDS = 64;

    private final SparkSession spark;
    private final String folder;
    private final long rows;

    private ReadRace(SparkSession spark, String folder, long rows) {
        this.spark = spark;
        this.folder = folder;
        this.rows = rows;
    }

    public static void main(String[] args) throws IOException {
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
        try {
            ReadRace race = new ReadRace(spark, args[0], Long.parseLong(args[1]));
            race.write();
            race.run(Integer.parseInt(args[2]));
        } finally {
            spark.stop();
        }
    }

    private void write() {
        if (Files.exists(Path.of(folder, "svm/_SUCCESS"))) return;
        List<String> columns = new ArrayList<>(List.of("cast(id % 10 as int) as label"));
        List<String> svm = new ArrayList<>(List.of("cast(id % 10 as string)"));
        for (int i = 0; i < WIDTH; i++) {
            String x = "cast((id * " + (7 + 2 * i) + " % 99991 + 1) / 8192 as float)";
            columns.add(x + " as x" + i);
            svm.add("concat('" + (i + 1) + ":', " + x + ")");
        }
        Dataset<Row> ids = spark.range(0, rows, 1, 1).toDF();
        Dataset<Row> table = ids.selectExpr(columns.toArray(new String[0]));
        table.write().mode("overwrite").option("header", true).csv(folder + "/csv");
        table.write().mode("overwrite").parquet(folder + "/parquet");
        ids.selectExpr("concat_ws(' ', " + String.join(", ", svm) + ") as value")
                .write()
                .mode("overwrite")
                .text(folder + "/svm");
    }

    private void run(int rounds) throws IOException {
        String schema = String.join(
                ",",
                "label INT",
                String.join(
                        ",",
                        Arrays.asList(spark.read().parquet(folder + "/parquet").columns()).stream()
                                .skip(1)
                                .map(name -> name + " FLOAT")
                                .toList()));
        DataFrameReader csv = spark.read().schema(schema).option("header", true),
                svm = spark.read().format("libsvm").option("numFeatures", WIDTH);
        Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
        tables.put("csv", csv.csv(folder + "/csv"));
        tables.put("parquet", spark.read().parquet(folder + "/parquet"));
        tables.put("svm", svm.load(folder + "/svm"));
        for (Map.Entry<String, Dataset<Row>> table : tables.entrySet()) {
            Source source = source(table.getKey());
            double[] spent = new double[rounds], noop = new double[rounds], ratio = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                table.getValue().write().format("noop").mode("overwrite").save();
                noop[round] = (System.nanoTime() - start) / 1e9;
                start = System.nanoTime();
                read(source);
                spent[round] = (System.nanoTime() - start) / 1e9;
                ratio[round] = spent[round] / noop[round];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %,d rows  read and sharded in %.1f s, %,.0f rows/s  Spark's noop %.1f s  ratio %.2f%n",
                    table.getKey(),
                    rows,
                    median(spent),
                    rows / median(spent),
                    median(noop),
                    median(ratio));
        }
    }

    private Source source(String kind) {
        String text = kind.equals("svm")
                ? "{\"type\": \"LibSvm\", \"path\": \"PATH\", \"shape\": 100}"
                : kind.equals("csv")
                        ? "{\"type\": \"Csv\", \"path\": \"PATH\", \"label\": \"label\"}"
                        : "{\"type\": \"Parquet\", \"path\": \"PATH\", \"label\": \"label\"}";
        return Specs.read(kind, Specs.parse(kind, text.replace("PATH", folder + "/" + kind)), Source.class);
    }

    private void read(Source source) throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        RowSchema schema = source.schema();
        PackedDataset.Plan plan = new PackedDataset.Plan(ValidationSplit.NONE, SHARDS, 1, RowStorage.MEMORY_AND_DISK);
        try (PackedDataset packed = PackedDataset.of(context, source, null, schema, 10, plan)) {
            if (packed.localShardRanges(context, new int[] {0, SHARDS / 2}).size() != 2)
                throw new IllegalStateException("two shard ranges were asked for");
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
