package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.BadRows;
import io.firesteel.row.LabelEncoder;
import io.firesteel.spec.Default;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Parquet tables, read by Spark. Features are columns of numbers, arrays of numbers and {@code ml.linalg} vectors,
 * concatenated; or one column of bytes or of Spark's images. Folders such as {@code day=2026-01-01} are columns, too.
 *
 * @param path a file, a folder or a pattern such as {@code part-*.parquet}; rows are in the order of path and position
 * @param label the column of class labels: 0, 1, 2, ... or names; null to predict {@code values}
 * @param values the columns of numbers to predict; null to predict a {@code label}
 * @param features the feature columns, in order; null for all columns that have no other role
 * @param weight the column of row weights, 0 or more; null if all rows count alike
 * @param validation the column that is true in validation rows; null if there is none
 * @param shape shape of the features, as in 28x28x1; null for a vector, or for the size of the images
 * @param classes the class names, class 0 first; empty if labels are numbers; null to learn them from the rows
 * @param bad what to do with rows that cannot be used
 */
public record Parquet(
        String path,
        @Default("null") String label,
        @Default("null") List<String> values,
        @Default("null") List<String> features,
        @Default("null") String weight,
        @Default("null") String validation,
        @Default("null") Shape shape,
        @Default("null") List<String> classes,
        @Default("Fail") BadRows bad)
        implements TableSource {

    public Parquet {
        if ((label == null) == (values == null))
            throw new IllegalArgumentException(
                    "Parquet needs either \"label\" (a class column) or \"values\" (columns to predict)");
        LabelEncoder.check(classes);
    }

    @Override
    public List<String> paths() {
        return List.of(path);
    }

    @Override
    public Parquet under(String folder) {
        return with(HadoopFiles.resolve(folder, path), shape, classes);
    }

    @Override
    public Parquet like(Shape other, List<String> names) {
        return with(path, shape == null ? other : shape, classes == null ? names : classes);
    }

    @Override
    public Parquet with(ModelColumns columns) {
        return columns == null
                ? this
                : new Parquet(path, label, values, columns.order(features), weight, validation, shape, classes, bad);
    }

    private Parquet with(String path, Shape shape, List<String> classes) {
        return new Parquet(path, label, values, features, weight, validation, shape, classes, bad);
    }

    @Override
    public OpenTable open(SparkSession spark) {
        if (!(bad instanceof BadRows.Skip)) return new OpenTable(spark.read().parquet(path), List.of());
        TornFiles files = TornFiles.of(spark, path);
        return new OpenTable(spark.read().option("basePath", path).parquet(files.whole()), files.messages());
    }
}
