package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** A data set on a file system, as plain data. A new source is one file and one word in {@code permits}. */
public sealed interface Source extends Serializable permits Idx, Csv, Parquet, LibSvm, Images, Cifar {
    /** A copy whose relative paths are resolved against {@code folder}. */
    Source under(String folder);

    /** The files, folders and patterns that it reads. */
    List<String> paths();

    /** The names of its columns; null where it has none. */
    default ModelColumns columns() throws IOException {
        return null;
    }

    /** A copy that finds its feature columns by the names that a model knows; {@code columns} may be null. */
    default Source with(ModelColumns columns) {
        return this;
    }

    /** The schema of its rows. Reads as little as possible, but all rows if it has to learn class names or a width. */
    RowSchema schema() throws IOException;

    /**
     * A copy whose shape and class names are fixed to the training data's, instead of learned from its own rows.
     *
     * @param shape shape of the features
     * @param classes the class names; empty if labels are numbers
     */
    default Source like(Shape shape, List<String> classes) {
        return this;
    }

    /**
     * Passes every usable row to the consumer, in order, numbered from 0.
     *
     * @param classes labels are 0..classes-1
     * @return the row counts
     * @throws io.firesteel.spec.SpecException at a bad row that the source's policy does not tolerate, naming file and
     *     row
     */
    RowCounts read(int classes, RowConsumer sink) throws IOException;

    /** Scans the source once and counts the rows. */
    default RowCounts count(int classes) throws IOException {
        return read(classes, (row, buffer) -> {});
    }
}
