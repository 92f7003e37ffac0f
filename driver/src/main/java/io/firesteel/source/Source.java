package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** A data set on a file system, as plain data. A new source is one file and one word in {@code permits}. */
public sealed interface Source extends Serializable permits Idx, Csv, Parquet, LibSvm, Images, Cifar {
    /** A copy whose relative paths are resolved against {@code folder}. */
    Source under(String folder);

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

    /** What messages call it. */
    String path();

    /** Its files, in the order of their rows; without those that belong to them. */
    List<String> files() throws IOException;

    /** What is done with its bad rows. */
    BadRows bad();

    /** Whether a part of a file can be read without the rest. */
    default boolean cuts() {
        return true;
    }

    /**
     * Passes every usable row of some ranges of its files to the consumer, in order, numbered from 0.
     *
     * @param schema the rows of the whole source, which this source was made {@link #like}
     */
    RowCounts read(List<FileRange> ranges, RowSchema schema, int classes, RowConsumer sink) throws IOException;

    /**
     * Passes every usable row to the consumer, in order, numbered from 0.
     *
     * @param classes labels are 0..classes-1
     * @return the row counts
     * @throws io.firesteel.spec.SpecException at a bad row that the source's policy does not tolerate, naming file and
     *     row
     */
    default RowCounts read(int classes, RowConsumer sink) throws IOException {
        RowSchema schema = schema();
        List<FileRange> ranges = files().stream().map(FileRange::whole).toList();
        RowCounts counts = like(schema.shape(), schema.classes()).read(ranges, schema, classes, sink);
        if (counts.rows() == 0) throw zeroRows();
        return counts;
    }

    default SpecException zeroRows() {
        return new SpecException(path() + ": zero rows; training needs at least one");
    }

    /** Scans the source once and counts the rows. */
    default RowCounts count(int classes) throws IOException {
        return read(classes, (row, buffer) -> {});
    }
}
