package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowScan;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** A data set on a file system, as plain data. A new source is one file and one word in a {@code permits}. */
public sealed interface Source extends Serializable permits FileSource, TableSource {
    /** A copy whose relative paths are resolved against {@code folder}. */
    Source under(String folder);

    /** The files, folders and patterns that it reads. */
    List<String> paths();

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

    /** A copy that reads rows as the training data's are: their shape, class names and columns. */
    default Source like(RowSchema schema) {
        return like(schema.shape(), schema.classes()).with(schema.columns());
    }

    /** What messages call it. */
    String name();

    /** What is done with its bad rows. */
    BadRows bad();

    /** The column of row weights; null if every row has weight 1. */
    default String weight() {
        return null;
    }

    /**
     * The rows as tasks read them, one element per partition, which is read by the task that computes it.
     *
     * @param schema the rows of the whole source, which this source was made {@link #like}
     * @param classes labels are 0..classes-1
     */
    JavaRDD<RowScan> scans(JavaSparkContext spark, RowSchema schema, int classes) throws IOException;

    /**
     * Passes every usable row to the consumer, in order, numbered from 0; in this thread.
     *
     * @param classes labels are 0..classes-1
     * @return the row counts
     * @throws SpecException at a bad row that the source's policy does not tolerate, naming file and row; and if there
     *     is no row
     */
    default RowCounts read(int classes, RowConsumer sink) throws IOException {
        RowSchema schema = schema();
        RowCounts counts = like(schema).read(schema, classes, sink);
        if (counts.rows() == 0) throw zeroRows();
        return counts;
    }

    /** The same for a source that was made {@link #like} rows of this schema, and may have none. */
    RowCounts read(RowSchema schema, int classes, RowConsumer sink) throws IOException;

    default SpecException zeroRows() {
        return new SpecException(name() + ": zero rows; training needs at least one");
    }
}
