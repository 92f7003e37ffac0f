package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** A table of rows, as plain data. A new source is one file and one word in {@code permits}. */
public sealed interface Source extends Serializable permits Idx, Csv, Parquet, LibSvm, Images, Cifar {
    /** The same source with relative paths seen from {@code folder}. */
    Source under(String folder);

    /**
     * What its rows look like; reads no more than it must, which is all rows where it has to learn the names of classes
     * or a width.
     */
    RowSchema schema() throws IOException;

    /**
     * The same source with what it would learn from its own rows taken from others, those that a model has learned
     * from.
     *
     * @param shape of the features
     * @param classes the names of the classes; empty where labels are numbers
     */
    default Source like(Shape shape, List<String> classes) {
        return this;
    }

    /**
     * Sends every row that can be used to the sink, in order, numbered from 0.
     *
     * @param classes labels are 0..classes-1
     * @return what was met
     * @throws io.firesteel.spec.SpecException at a bad row that the source's policy does not put up with, naming file
     *     and row
     */
    RowCounts read(int classes, RowConsumer sink) throws IOException;

    /** Reads everything once and counts the rows. */
    default RowCounts count(int classes) throws IOException {
        return read(classes, (row, cells) -> {});
    }
}
