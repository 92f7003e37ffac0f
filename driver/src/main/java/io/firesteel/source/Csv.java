package io.firesteel.source;

import com.univocity.parsers.csv.CsvParser;
import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.SizedFile;
import io.firesteel.loss.TargetKind;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.BadRows;
import io.firesteel.row.ClassLearner;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.LabelEncoder;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.List;

/**
 * Numbers as text, one row per line, parsed by univocity as in Spark. The first line of every file names the columns.
 *
 * @param path a file, a folder or a pattern such as {@code part-*.csv}; UTF-8, plain or compressed by gzip, bzip2 or
 *     zstd; files are read in the order of their names
 * @param label the column of class labels: 0, 1, 2, ... or names; null to predict {@code values}
 * @param values the columns of numbers to predict; null to predict a {@code label}
 * @param features the feature columns, in order; null for all columns that have no other role
 * @param weight the column of row weights, 0 or more; null if all rows count alike
 * @param validation the column that is true in validation rows; null if there is none
 * @param shape shape of the features, as in 28x28x1; null for a vector
 * @param separator one character
 * @param multiLine whether cells in quotes may have line breaks in files that are large enough to be cut; one task
 *     reads a file then
 * @param classes the class names, class 0 first; empty if labels are numbers; null to learn them from the rows
 * @param bad what to do with rows that cannot be used
 */
public record Csv(
        String path,
        @Default("null") String label,
        @Default("null") List<String> values,
        @Default("null") List<String> features,
        @Default("null") String weight,
        @Default("null") String validation,
        @Default("null") Shape shape,
        @Default("\",\"") String separator,
        @Default("false") boolean multiLine,
        @Default("null") List<String> classes,
        @Default("Fail") BadRows bad)
        implements FileSource {

    public Csv {
        if ((label == null) == (values == null))
            throw new IllegalArgumentException(
                    "Csv needs either \"label\" (a class column) or \"values\" (columns to predict)");
        if (separator.length() != 1)
            throw new IllegalArgumentException("separator is one character, got \"" + separator + "\"");
        LabelEncoder.check(classes);
    }

    public Csv(
            String path,
            String label,
            List<String> values,
            List<String> features,
            Shape shape,
            String separator,
            BadRows bad) {
        this(path, label, values, features, null, null, shape, separator, false, null, bad);
    }

    @Override
    public List<String> paths() {
        return List.of(path);
    }

    @Override
    public Csv under(String folder) {
        return with(HadoopFiles.resolve(folder, path), classes);
    }

    @Override
    public Csv like(Shape other, List<String> names) {
        return with(path, classes == null ? names : classes);
    }

    private Csv with(String path, List<String> classes) {
        return new Csv(path, label, values, features, weight, validation, shape, separator, multiLine, classes, bad);
    }

    @Override
    public boolean cuts() {
        return !multiLine;
    }

    @Override
    public Csv with(ModelColumns columns) {
        return columns == null
                ? this
                : new Csv(
                        path,
                        label,
                        values,
                        columns.order(features),
                        weight,
                        validation,
                        shape,
                        separator,
                        multiLine,
                        classes,
                        bad);
    }

    /** The schema of the first file that can be read. */
    @Override
    public RowSchema schema() throws IOException {
        List<String> names = label == null ? List.of() : classes != null ? classes : learned();
        CsvParser parser = parser();
        return RowReader.first(
                path,
                files(),
                bad,
                file -> open(file, Integer.MAX_VALUE, parser),
                file -> schema((CsvReader) file, names));
    }

    private CsvParser parser() {
        return CsvCells.parser(separator.charAt(0));
    }

    private CsvReader open(FileRange file, int limit, CsvParser parser) throws IOException {
        var columns = new CsvReader.CsvColumns(label, values, features, weight, validation, separator.charAt(0));
        return new CsvReader(file, columns, new LabelEncoder(classes, limit), bad, parser);
    }

    private RowSchema schema(CsvReader file, List<String> names) {
        Shape vector = shape == null ? new Shape(file.inputs()) : shape;
        if (vector.size() != file.inputs())
            throw new SpecException(
                    path + ": " + file.inputs() + " feature columns, but shape " + shape + " has " + vector.size());
        return new RowSchema(
                vector,
                FeatureKind.FLOATS,
                label != null ? TargetKind.CLASS : TargetKind.VALUES,
                file.targets(),
                names,
                file.named());
    }

    /** The names in the label column; none if labels are numbers. Unreadable files are ignored here. */
    private List<String> learned() throws IOException {
        CsvParser parser = parser();
        ClassLearner learner = new ClassLearner();
        for (SizedFile each : files()) {
            try (CsvReader file = open(FileRange.whole(each.path()), Integer.MAX_VALUE, parser)) {
                while (file.next()) if (!learner.see(file.label())) return List.of();
            } catch (SpecException e) {
                if (bad instanceof BadRows.Fail) throw e;
            }
        }
        return learner.classes();
    }

    @Override
    public List<SizedFile> files() throws IOException {
        return HadoopFiles.files(path);
    }

    @Override
    public RowCounts read(List<FileRange> ranges, RowSchema schema, int limit, RowConsumer sink) throws IOException {
        CsvParser parser = parser();
        return RowReader.read(
                ranges,
                schema,
                bad,
                each -> {
                    CsvReader file = open(each, limit, parser);
                    if (file.inputs() == schema.shape().size()) return file;
                    file.close();
                    throw new SpecException(each.path() + ": " + file.inputs() + " feature columns, the first file has "
                            + schema.shape().size());
                },
                sink);
    }
}
