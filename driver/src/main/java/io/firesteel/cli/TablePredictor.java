package io.firesteel.cli;

import static java.util.stream.Collectors.joining;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.OutputFile;
import io.firesteel.internal.files.SizedFile;
import io.firesteel.ml.TablePredictions;
import io.firesteel.model.ModelColumns;
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
import org.apache.spark.sql.AnalysisException;
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
    private static final String FEATURES = "firesteel features"; // a column of its own
    private static final Pattern TABLE = Pattern.compile("(?i).*\\.(csv|csv\\.gz|parquet)/?");

    static boolean isTable(String path) {
        return TABLE.matcher(path).matches();
    }

    /** Returns the number of rows written. */
    long write(String out) throws IOException {
        OutputFile.apart("--out", out, List.of(path));
        String kind = out.substring(out.lastIndexOf('.') + 1);
        SparkSession spark = SparkSession.builder().appName("firesteel predict").getOrCreate();
        try (OutputFile written = new OutputFile(out)) {
            Dataset<Row> answers = answers(spark, kind);
            DataFrameWriter<Row> writer = (kind.equals("csv") ? flat(answers) : answers).write();
            String aside = written.aside();
            if (kind.equals("parquet")) writer.parquet(aside);
            else if (kind.equals("jsonl")) writer.json(aside);
            else
                writer.option("header", true)
                        .option("escape", "\"")
                        .option("ignoreLeadingWhiteSpace", false)
                        .option("ignoreTrailingWhiteSpace", false)
                        .csv(aside);
            long rows = kind.equals("parquet") ? spark.read().parquet(aside).count() : join(aside, kind.equals("csv"));
            written.complete(kind.equals("parquet") ? aside : aside + "/joined");
            return rows;
        } catch (Exception e) {
            throw explained(e);
        } finally {
            spark.stop();
        }
    }

    /** What Spark refuses of a table, as a refusal of ours; any other failure as it is. */
    private RuntimeException explained(Exception thrown) throws IOException {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SpecException ours) return ours;
            String message = String.valueOf(t.getMessage());
            if (t instanceof AnalysisException || message.startsWith("CSV header"))
                return new SpecException(
                        path + ": "
                                + message.lines().map(String::strip).limit(3).collect(joining(" ")),
                        thrown);
        }
        if (thrown instanceof IOException e) throw e;
        return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
    }

    private Dataset<Row> answers(SparkSession spark, String kind) throws IOException {
        HadoopFiles.files(path); // throws if there is none
        if (!path.matches("(?i).*\\.parquet/?")) {
            CsvTable table = CsvTable.read(spark, path);
            List<String> kept = kept(table.rows()), features = features(table.rows());
            if (features.size() != saved.model().input().size())
                throw wide(features.size() + " feature columns " + features + ", the model takes ["
                        + saved.model().input() + "]");
            Dataset<Row> found = TablePredictions.append(
                            saved, table.withFeatures(FEATURES, features, kept), List.of(FEATURES))
                    .drop(FEATURES);
            return kind.equals("csv") ? found : CsvTable.typed(found, kept);
        }
        Dataset<Row> table = spark.read().parquet(HadoopFiles.exists(path) ? CsvTable.literal(path) : path);
        List<String> kept = kept(table), features = features(table);
        Dataset<Row> found;
        try {
            found = TablePredictions.append(saved, table, features);
        } catch (SpecException e) {
            throw wide(e.getMessage());
        }
        List<String> outputs = Arrays.asList(found.columns()).subList(table.columns().length, found.columns().length);
        List<Column> columns = new ArrayList<>();
        for (String name : kept) columns.add(column(found, name));
        for (String name : outputs) columns.add(column(found, name));
        return found.select(columns.toArray(new Column[0]));
    }

    private SpecException wide(String what) {
        return new SpecException(
                path + ": " + what + "; name the feature columns with --features, or the other columns with --except");
    }

    /** The feature columns in the order in which the model takes them, by name where it knows their names. */
    private List<String> features(Dataset<Row> table) {
        List<String> there = Arrays.asList(table.columns());
        ModelColumns names = saved.model().columns();
        List<String> taken = new ArrayList<>(features);
        if (taken.isEmpty()) {
            taken.addAll(names == null ? there : names.names());
            for (String name : except)
                if (!taken.remove(name) && !there.contains(name)) ModelColumns.check("--except", List.of(name), there);
            if (names != null && taken.size() < names.names().size())
                throw new SpecException("--except " + except + ": the model takes the columns " + names.names()
                        + "; name others in their place with --features");
            if (names == null) warn(taken);
        } else {
            taken.removeAll(except);
            if (names != null) taken = names.order(taken);
        }
        ModelColumns.check(path, taken, there);
        return taken;
    }

    private void warn(List<String> taken) {
        System.err.println("firesteel: the model has no names of columns; " + path + " is taken by place, " + taken);
    }

    /** The columns to copy, none of which is called as an output is. */
    private List<String> kept(Dataset<Row> table) {
        List<String> kept = keep.isEmpty() ? Arrays.asList(table.columns()) : keep;
        ModelColumns.check("--keep: " + path, kept, Arrays.asList(table.columns()));
        for (String name : kept)
            if (name.matches(
                    saved.model().classifies() ? "(?i)prediction|probabilities|p\\d+" : "(?i)predictions?\\d*"))
                throw new SpecException(path + ": column \"" + name
                        + "\" is called as an output is; name the other columns with --keep, or rename it");
        return kept;
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
            for (SizedFile part : HadoopFiles.files(folder + "/part-*")) {
                try (BufferedReader lines = new BufferedReader(
                        new InputStreamReader(HadoopFiles.open(part.path()), StandardCharsets.UTF_8))) {
                    String header = headed ? lines.readLine() : null;
                    if (header != null && first) joined.write(header + "\n");
                    first = false;
                    boolean within = false; // quotes, so that the row goes on in the next line
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        joined.write(line + "\n");
                        within ^= headed
                                && line.chars().filter(letter -> letter == '"').count() % 2 == 1;
                        if (!within) rows++;
                    }
                }
            }
        }
        return rows;
    }
}
