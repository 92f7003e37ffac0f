package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.SchemaProbe;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.BadRows;
import io.firesteel.row.ClassLearner;
import io.firesteel.row.LabelEncoder;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Parquet tables, read with the library that Spark ships. Features are columns of numbers, arrays of numbers and
 * {@code ml.linalg} vectors, concatenated; or one column of bytes or of Spark's images.
 *
 * @param path a file, a folder or a pattern such as {@code part-*.parquet}; files are read in the order of their names
 * @param label the column of class labels: 0, 1, 2, ... or names; null to predict {@code values}
 * @param values the columns of numbers to predict; null to predict a {@code label}
 * @param features the feature columns, in order; null for all columns that are not targets
 * @param shape shape of the features, as in 28x28x1; null for a vector, or for the size of the images
 * @param classes the class names, class 0 first; empty if labels are numbers; null to learn them from the rows
 * @param bad what to do with rows that cannot be used
 */
public record Parquet(
        String path,
        @Default("null") String label,
        @Default("null") List<String> values,
        @Default("null") List<String> features,
        @Default("null") Shape shape,
        @Default("null") List<String> classes,
        @Default("Fail") BadRows bad)
        implements Source {

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
        return new Parquet(HadoopFiles.resolve(folder, path), label, values, features, shape, classes, bad);
    }

    @Override
    public Parquet like(Shape other, List<String> names) {
        return new Parquet(
                path, label, values, features, shape == null ? other : shape, classes == null ? names : classes, bad);
    }

    @Override
    public Parquet with(ModelColumns columns) {
        return columns == null ? this : new Parquet(path, label, values, columns.order(features), shape, classes, bad);
    }

    /** Those of the first file that can be read. */
    @Override
    public ModelColumns columns() throws IOException {
        return RowReader.first(
                path, HadoopFiles.files(path), bad, file -> open(file), file -> ((ParquetRowReader) file).named());
    }

    /** The column roles in a file with these column names. */
    ColumnRoles columns(List<String> names) {
        List<String> targets = label == null ? values : List.of(label);
        List<String> others = new ArrayList<>(names);
        others.removeAll(targets);
        return new ColumnRoles(features == null ? others : features, targets, null, null);
    }

    private ParquetRowReader open(String file) throws IOException {
        return new ParquetRowReader(file, this::columns, label != null);
    }

    /** The schema of the first rows of the first file that can be read and has rows. */
    @Override
    public RowSchema schema() throws IOException {
        List<String> names = label == null ? List.of() : classes != null ? classes : learned();
        RowSchema found = RowReader.first(
                path, HadoopFiles.files(path), bad, file -> open(file), file -> rowSchema((ParquetRowReader) file));
        return new RowSchema(found.shape(), found.features(), found.target(), found.targets(), names);
    }

    /** Null if the file has no rows; Spark writes such files. */
    private RowSchema rowSchema(ParquetRowReader file) throws IOException {
        List<Row> rows = new ArrayList<>();
        while (rows.size() < SchemaProbe.LOOKED_AT && file.next()) rows.add(file.row());
        return rows.isEmpty()
                ? null
                : new SchemaProbe(file.columns(), file.schema(), rows).rowSchema(label != null, shape);
    }

    /** The names in the label column; none if labels are numbers. Unreadable files are ignored here. */
    private List<String> learned() throws IOException {
        ClassLearner learner = new ClassLearner();
        for (String each : HadoopFiles.files(path)) {
            try (ParquetRowReader file = open(each)) {
                while (file.next()) if (!learner.see(file.label())) return List.of();
            } catch (SpecException e) {
                if (bad instanceof BadRows.Fail) throw e;
            } catch (IOException e) {
                if (bad instanceof BadRows.Fail) throw RowReader.unreadable(each, e);
            }
        }
        return learner.classes();
    }

    @Override
    public RowCounts read(int classes, RowConsumer sink) throws IOException {
        RowSchema rowSchema = schema();
        Parquet settled = with(columns());
        return RowReader.read(
                path,
                HadoopFiles.files(path),
                rowSchema,
                bad,
                file -> settled.open(file).as(rowSchema, classes, bad),
                sink);
    }
}
