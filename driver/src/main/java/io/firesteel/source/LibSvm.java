package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.SizedFile;
import io.firesteel.loss.TargetKind;
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
 * The text format of LIBSVM (Chang and Lin 2011): {@code label index:value index:value ...} with ascending indices from
 * 1. Rows stay sparse, unless more than a third of their values are given.
 *
 * @param path a file, a folder or a pattern; plain or gzip; files are read in the order of their names
 * @param labels true if a line begins with a class label, false if with a number to predict
 * @param shape shape of the features; null for a vector as long as the largest index, which needs a scan of all rows
 * @param classes the labels of class 0, 1, ..., such as {@code ["-1", "+1"]}; empty if labels are the class numbers;
 *     null to learn them from the rows
 * @param bad what to do with rows that cannot be used
 */
public record LibSvm(
        String path,
        @Default("true") boolean labels,
        @Default("null") Shape shape,
        @Default("null") List<String> classes,
        @Default("Fail") BadRows bad)
        implements FileSource {

    private static final int LOOKED_AT = 16; // rows
    private static final int OFTEN_ZERO = 3; // sparse if at most a third of the values are not zero, as in tables

    public LibSvm {
        LabelEncoder.check(classes);
    }

    @Override
    public List<String> paths() {
        return List.of(path);
    }

    @Override
    public LibSvm under(String folder) {
        return new LibSvm(HadoopFiles.resolve(folder, path), labels, shape, classes, bad);
    }

    @Override
    public LibSvm like(Shape other, List<String> names) {
        return new LibSvm(path, labels, shape == null ? other : shape, classes == null ? names : classes, bad);
    }

    @Override
    public RowSchema schema() throws IOException {
        boolean names = labels && classes == null;
        ClassLearner learner = new ClassLearner();
        int width = 0;
        if (shape == null || names)
            for (SizedFile each : files()) {
                try (LibSvmReader file = open(FileRange.whole(each.path()), Integer.MAX_VALUE)) {
                    while (file.next()) {
                        names = names && learner.see(file.label());
                        if (shape != null && !names) break;
                        width = Math.max(width, file.lastIndex());
                    }
                } catch (SpecException e) {
                    if (bad instanceof BadRows.Fail) throw e;
                }
            }
        if (shape == null && width == 0) throw new SpecException(path + ": zero rows; training needs at least one");
        RowSchema numbered = new RowSchema(
                shape == null ? new Shape(width) : shape,
                isSparse(shape == null ? width : shape.size()) ? FeatureKind.SPARSE : FeatureKind.FLOATS,
                labels ? TargetKind.CLASS : TargetKind.VALUES,
                1);
        return labels ? numbered.named(classes == null ? learner.classes() : classes) : numbered;
    }

    /** Whether the first rows have few enough values to be stored as such. */
    private boolean isSparse(int width) throws IOException {
        long values = 0, rows = 0;
        for (SizedFile each : files()) {
            try (LibSvmReader file = open(FileRange.whole(each.path()), Integer.MAX_VALUE)) {
                for (; rows < LOOKED_AT && file.next(); rows++) values += file.values();
            } catch (SpecException e) {
                if (bad instanceof BadRows.Fail) throw e;
            }
            if (rows == LOOKED_AT) break;
        }
        return OFTEN_ZERO * values < rows * width;
    }

    private LibSvmReader open(FileRange file, int limit) throws IOException {
        int width = shape == null ? Integer.MAX_VALUE : shape.size();
        return new LibSvmReader(file, width, labels ? new LabelEncoder(classes, limit) : null, bad);
    }

    @Override
    public List<SizedFile> files() throws IOException {
        return HadoopFiles.files(path);
    }

    @Override
    public RowCounts read(List<FileRange> ranges, RowSchema schema, int limit, RowConsumer sink) throws IOException {
        return RowReader.read(ranges, schema, bad, range -> open(range, limit), sink);
    }
}
