package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.BadRows;
import io.firesteel.row.LabelEncoder;
import io.firesteel.spec.Default;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Any table that Spark can read: a format that Spark has (json, orc, avro, csv, text, jdbc) or one whose jar is there
 * (delta, iceberg). Features are columns of numbers, arrays of numbers and {@code ml.linalg} vectors, concatenated; or
 * one column of bytes or of Spark's images.
 *
 * @param format the name of the format, as in {@code spark.read.format}
 * @param path a file, a folder or a pattern; rows are in the order of path and position; null for formats without files
 * @param options the options of the format, as texts
 * @param ddl the columns, their names and types, as in {@code "x DOUBLE, label STRING"}; null to take or infer them
 *     from the table
 * @param where keeps the rows for which this SQL expression is true; null for all
 * @param label the column of class labels: 0, 1, 2, ... or names; null to predict {@code values}
 * @param values the columns of numbers to predict; null to predict a {@code label}
 * @param features the feature columns, in order; null for all columns that have no other role
 * @param weight the column of row weights, 0 or more; null if all rows count alike
 * @param validation the column that is true in validation rows; null if there is none
 * @param shape shape of the features, as in 28x28x1; null for a vector, or for the size of the images
 * @param classes the class names, class 0 first; empty if labels are numbers; null to learn them from the rows
 * @param bad what to do with rows that cannot be used
 */
public record Table(
        String format,
        @Default("null") String path,
        @Default("{}") Map<String, String> options,
        @Default("null") String ddl,
        @Default("null") String where,
        @Default("null") String label,
        @Default("null") List<String> values,
        @Default("null") List<String> features,
        @Default("null") String weight,
        @Default("null") String validation,
        @Default("null") Shape shape,
        @Default("null") List<String> classes,
        @Default("Fail") BadRows bad)
        implements TableSource {

    public Table {
        if ((label == null) == (values == null))
            throw new IllegalArgumentException(
                    "Table needs either \"label\" (a class column) or \"values\" (columns to predict)");
        LabelEncoder.check(classes);
    }

    @Override
    public String name() {
        return path == null ? format : path;
    }

    @Override
    public Table under(String folder) {
        return path == null ? this : with(HadoopFiles.resolve(folder, path), shape, classes);
    }

    @Override
    public Table like(Shape other, List<String> names) {
        return with(path, shape == null ? other : shape, classes == null ? names : classes);
    }

    @Override
    public List<String> paths() {
        return path == null ? List.of() : List.of(path);
    }

    @Override
    public Table with(ModelColumns known) {
        return known == null
                ? this
                : new Table(
                        format,
                        path,
                        options,
                        ddl,
                        where,
                        label,
                        values,
                        known.order(features),
                        weight,
                        validation,
                        shape,
                        classes,
                        bad);
    }

    private Table with(String path, Shape shape, List<String> classes) {
        return new Table(
                format, path, options, ddl, where, label, values, features, weight, validation, shape, classes, bad);
    }

    @Override
    public OpenTable open(SparkSession spark) {
        DataFrameReader reader = spark.read().format(format).options(options);
        if (ddl != null) reader.schema(ddl);
        Dataset<Row> table = path == null ? reader.load() : reader.load(path);
        return new OpenTable(where == null ? table : table.where(where), List.of());
    }
}
