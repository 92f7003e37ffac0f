package io.firesteel.data;

import io.firesteel.array.Shape;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.List;

/**
 * Text of the library LIBSVM (Chang and Lin 2011), {@code label index:value index:value ...} with rising indices from
 * 1. Rows stay sparse.
 *
 * @param path a file, a folder or a pattern; plain or gzip; files are read in the order of their names
 * @param labels whether a line begins with a class label, and not with a number to learn
 * @param shape of the features; null for a vector as long as the largest index, which takes a reading of all rows
 * @param classes what labels stand for class 0, 1, ..., such as {@code ["-1", "+1"]}; empty where they are those
 *     numbers; null to learn which from the rows
 * @param bad what to do with rows that cannot be used
 */
public record LibSvm(
        String path,
        @Default("true") boolean labels,
        @Default("null") Shape shape,
        @Default("null") List<String> classes,
        @Default("Fail") BadRows bad)
        implements Source {

    public LibSvm {
        Labels.check(classes);
    }

    @Override
    public LibSvm under(String folder) {
        return new LibSvm(Storage.resolve(folder, path), labels, shape, classes, bad);
    }

    @Override
    public LibSvm like(Shape other, List<String> names) {
        return new LibSvm(path, labels, shape == null ? other : shape, classes == null ? names : classes, bad);
    }

    @Override
    public Header header() throws IOException {
        boolean names = labels && classes == null;
        Labels.Learner learner = new Labels.Learner();
        int width = 0;
        if (shape == null || names)
            for (String each : Storage.files(path)) {
                try (LibSvmFile file = new LibSvmFile(this, each, Integer.MAX_VALUE)) {
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
        return new Header(
                shape == null ? new Shape(width) : shape,
                1,
                labels,
                false,
                true,
                labels && classes == null ? learner.classes() : labels ? classes : List.of());
    }

    @Override
    public Census read(int classes, Sink sink) throws IOException {
        Header header = header();
        LibSvm settled = like(header.shape(), header.classes());
        return RowFile.read(
                path, Storage.files(path), header, bad, file -> new LibSvmFile(settled, file, classes), sink);
    }
}
