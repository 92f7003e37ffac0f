package io.firesteel.cli;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.ml.TablePredictions;
import io.firesteel.model.ModelSpec;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;

/**
 * Predictions for a CSV or Parquet table that Spark reads and writes on all executors; rows need no label. The output
 * is the table with the predictions appended; a CSV file has columns p0, p1, ... and leaves out columns that CSV cannot
 * store.
 */
record TablePredictor(SavedModel saved, String path, List<String> features, List<String> except, List<String> keep) {
    private static final Pattern TABLE = Pattern.compile("(?i).*\\.(csv|csv\\.gz|parquet)/?");

    static boolean isTable(String path) {
        return TABLE.matcher(path).matches();
    }

    /** Returns the number of rows written. */
    long write(String out) throws IOException {
        String kind = out.substring(out.lastIndexOf('.') + 1), aside = out + ".part";
        if (!List.of("csv", "jsonl", "parquet").contains(kind))
            throw new SpecException("--out " + out + ": wanted a name that ends with .csv, .jsonl or .parquet");
        SparkSession spark = SparkSession.builder().appName("firesteel predict").getOrCreate();
        try {
            Dataset<Row> answers = answers(read(spark));
            DataFrameWriter<Row> writer =
                    (kind.equals("csv") ? flat(answers) : answers).write().mode("overwrite");
            if (kind.equals("parquet")) writer.parquet(aside);
            else if (kind.equals("csv")) writer.option("header", true).csv(aside);
            else writer.json(aside);
            long rows = kind.equals("parquet") ? spark.read().parquet(aside).count() : join(aside, kind.equals("csv"));
            HadoopFiles.delete(out);
            HadoopFiles.move(kind.equals("parquet") ? aside : aside + "/joined", out);
            return rows;
        } finally {
            HadoopFiles.delete(aside);
            spark.stop();
        }
    }

    private Dataset<Row> read(SparkSession spark) throws IOException {
        HadoopFiles.files(path); // throws if there is none
        return path.matches("(?i).*\\.parquet/?")
                ? spark.read().parquet(path)
                : spark.read()
                        .option("header", true)
                        .option("inferSchema", true)
                        .csv(path);
    }

    private Dataset<Row> answers(Dataset<Row> table) {
        List<String> taken = new ArrayList<>(features.isEmpty() ? Arrays.asList(table.columns()) : features);
        taken.removeAll(except);
        Dataset<Row> found;
        try {
            found = TablePredictions.append(saved, table, taken);
        } catch (SpecException e) {
            throw new SpecException(
                    path + ": " + e.getMessage() + "; name the feature columns with --features, or "
                            + "the other columns with --except",
                    e);
        }
        if (keep.isEmpty()) return found;
        List<String> outputs = Arrays.asList(found.columns()).subList(table.columns().length, found.columns().length);
        return select(found, keep, outputs);
    }

    private Dataset<Row> select(Dataset<Row> table, List<String> kept, List<String> outputs) {
        List<Column> columns = new ArrayList<>();
        for (String name : kept) {
            if (!Arrays.asList(table.columns()).contains(name))
                throw new SpecException("--keep " + name + ": no such column in " + path + "; there is "
                        + Arrays.toString(table.columns()));
            columns.add(column(table, name));
        }
        for (String name : outputs) columns.add(column(table, name));
        return table.select(columns.toArray(new Column[0]));
    }

    private static Column column(Dataset<Row> table, String name) {
        return table.col("`" + name.replace("`", "``") + "`");
    }

    /** Splits arrays into columns: p0, p1, ... for probabilities, prediction0, ... for values. */
    private Dataset<Row> flat(Dataset<Row> answers) {
        ModelSpec model = saved.model();
        String many = model.classifies() ? "probabilities" : "predictions",
                each = model.classifies() ? "p" : "prediction";
        List<Column> columns = new ArrayList<>();
        for (StructField field : answers.schema().fields())
            if (field.dataType() instanceof AtomicType && !(field.dataType() instanceof BinaryType))
                columns.add(column(answers, field.name()));
        for (int i = 0; i < model.outputs(); i++)
            columns.add(functions.element_at(answers.col(many), i + 1).as(each + i));
        return answers.select(columns.toArray(new Column[0]));
    }

    /** Joins the part files of a folder into one text file with one header; returns its number of rows. */
    private static long join(String folder, boolean headed) throws IOException {
        long rows = 0;
        boolean first = true;
        try (BufferedWriter joined = new BufferedWriter(
                new OutputStreamWriter(HadoopFiles.create(folder + "/joined"), StandardCharsets.UTF_8))) {
            for (String part : HadoopFiles.files(folder + "/part-*")) {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(HadoopFiles.open(part), StandardCharsets.UTF_8))) {
                    String header = headed ? lines.readLine() : null;
                    if (header != null && first) joined.write(header + "\n");
                    first = false;
                    for (String line = lines.readLine(); line != null; line = lines.readLine(), rows++)
                        joined.write(line + "\n");
                }
            }
        }
        return rows;
    }
}
