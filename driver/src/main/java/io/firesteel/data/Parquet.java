package io.firesteel.data;

import io.firesteel.array.Shape;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Tables in Parquet, read by the library that Spark brings. Features are columns of numbers, arrays of numbers and
 * {@code ml.linalg} vectors, one after the other; or one column of bytes or of Spark's images.
 *
 * @param path a file, a folder or a pattern such as {@code part-*.parquet}; files are read in the order of their names
 * @param label the column of class labels, 0, 1, 2, ... or names; null when {@code values} are learned
 * @param values the columns of the numbers to learn; null when a {@code label} is
 * @param features the columns of the features, in order; null for all others
 * @param shape of the features, as in 28x28x1; null for a vector, or an image of its own size
 * @param classes the names of the classes, class 0 first; empty where labels are numbers; null to learn which from the
 *     rows
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
        Labels.check(classes);
    }

    @Override
    public Parquet under(String folder) {
        return new Parquet(Storage.resolve(folder, path), label, values, features, shape, classes, bad);
    }

    @Override
    public Parquet like(Shape other, List<String> names) {
        return new Parquet(
                path, label, values, features, shape == null ? other : shape, classes == null ? names : classes, bad);
    }

    /** Which columns of a file that has {@code names} are what. */
    Columns columns(List<String> names) {
        List<String> targets = label == null ? values : List.of(label);
        List<String> others = new ArrayList<>(names);
        others.removeAll(targets);
        return new Columns(features == null ? others : features, targets, null, null);
    }

    /** What the first rows look like of the first file that can be read and has any. */
    @Override
    public Header header() throws IOException {
        List<String> names = label == null ? List.of() : classes != null ? classes : learned();
        Header found = RowFile.first(
                path,
                Storage.files(path),
                bad,
                file -> new ParquetFile(this, file),
                file -> header((ParquetFile) file));
        return new Header(found.shape(), found.targets(), found.labels(), found.pixels(), found.sparse(), names);
    }

    /** Null where the file has no rows, as Spark leaves some. */
    private Header header(ParquetFile file) throws IOException {
        List<Row> rows = new ArrayList<>();
        while (rows.size() < FirstRows.LOOKED_AT && file.next()) rows.add(file.row());
        return rows.isEmpty() ? null : new FirstRows(file.columns(), file.schema(), rows).header(label != null, shape);
    }

    /** The names in the column of labels; none where those are numbers. Files that cannot be read say nothing here. */
    private List<String> learned() throws IOException {
        Labels.Learner learner = new Labels.Learner();
        for (String each : Storage.files(path)) {
            try (ParquetFile file = new ParquetFile(this, each)) {
                while (file.next()) if (!learner.see(file.label())) return List.of();
            } catch (SpecException e) {
                if (bad instanceof BadRows.Fail) throw e;
            } catch (IOException e) {
                if (bad instanceof BadRows.Fail) throw RowFile.unreadable(each, e);
            }
        }
        return learner.classes();
    }

    @Override
    public Census read(int classes, Sink sink) throws IOException {
        Header header = header();
        return RowFile.read(
                path,
                Storage.files(path),
                header,
                bad,
                file -> new ParquetFile(this, file).as(header, classes, bad),
                sink);
    }
}
