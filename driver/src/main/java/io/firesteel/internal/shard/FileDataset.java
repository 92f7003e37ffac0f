package io.firesteel.internal.shard;

import io.firesteel.internal.block.Block;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.row.ValidationSplit;
import io.firesteel.source.Source;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * The sources of a study, with their rows counted and assigned to shards. Small; it is sent to the executors, each of
 * which reads all rows once. Counting scans every row once, so bad data is found before training starts.
 */
public final class FileDataset implements Serializable {
    private static final long serialVersionUID = 1;

    private final RowSchema schema;
    private final Source train;
    private final Source test; // null if there is none
    private final int classes;
    private final RowAssignment assignment;
    private final RowCounts trainCounts;
    private final RowCounts testCounts; // null if there is no test set

    /**
     * Scans the sources.
     *
     * @param test null if there is none
     * @param classes labels are 0..classes-1
     */
    public FileDataset(Source train, Source test, ValidationSplit validation, int classes, int shards, long seed)
            throws IOException {
        this.schema = train.schema();
        this.train = train.like(schema.shape(), schema.classes());
        this.test = test == null ? null : test.like(schema.shape(), schema.classes());
        this.classes = classes;
        this.trainCounts = this.train.count(classes);
        this.assignment = new RowAssignment(trainCounts.rows(), validation, shards, seed);
        if (test != null && !this.test.schema().equals(schema))
            throw new SpecException("data.test has rows of " + this.test.schema() + ", data.train of " + schema);
        this.testCounts = test == null ? null : this.test.count(classes);
    }

    public RowSchema schema() {
        return schema;
    }

    public long trainRows() {
        return assignment.trainRows();
    }

    public long validationRows() {
        return assignment.validationRows();
    }

    public long testRows() {
        return testCounts == null ? 0 : testCounts.rows();
    }

    public RowCounts trainCounts() {
        return trainCounts;
    }

    public RowCounts testCounts() {
        return testCounts;
    }

    /** Reads all rows into the memory of this process. */
    public ShardRange shardRange() {
        try {
            ShardRange shardRange = new ShardRange(0, assignment.shards(), () -> new Block(schema));
            train.read(classes, (row, buffer) -> {
                long position = assignment.position(row);
                add(shardRange, position < 0 ? Split.VALIDATION : Split.TRAIN, position, buffer);
            });
            if (test != null) test.read(classes, (row, buffer) -> add(shardRange, Split.TEST, row, buffer));
            shardRange.trim();
            return shardRange;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(ShardRange shardRange, Split split, long position, RowBuffer buffer) {
        int shard = (int) ((position < 0 ? -1 - position : position) % assignment.shards());
        shardRange.block(split, shard).add(buffer, false);
    }
}
