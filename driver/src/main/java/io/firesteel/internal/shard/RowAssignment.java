package io.firesteel.internal.shard;

import io.firesteel.row.ValidationSplit;
import io.firesteel.spec.SpecException;
import java.io.Serializable;

/**
 * Which row belongs to which shard: a seeded permutation gives every row a position; the validation rows come first,
 * and training position p belongs to shard p mod S (round robin). A function of the run alone.
 */
public final class RowAssignment implements Serializable {
    private static final long serialVersionUID = 1;

    private final long rows;
    private final long validationRows;
    private final boolean fromEnd;
    private final int shards;
    private final long seed;
    private transient SeededPermutation shuffle;

    public RowAssignment(long rows, ValidationSplit validation, int shards, long seed) {
        this.rows = rows;
        this.validationRows = validation.count(rows);
        this.fromEnd = validation.last() > 0;
        this.shards = shards;
        this.seed = seed;
        if (validationRows >= rows)
            throw new SpecException(
                    "data.validation takes " + validationRows + " of " + rows + " rows; leave some to train on");
    }

    /** Number of training rows. */
    public long trainRows() {
        return rows - validationRows;
    }

    /** Number of validation rows. */
    public long validationRows() {
        return validationRows;
    }

    public int shards() {
        return shards;
    }

    /** The row's position among the training rows, or, for a validation row, {@code -1 - position} among those. */
    public long position(long row) {
        if (shuffle == null) shuffle = new SeededPermutation(fromEnd ? rows - validationRows : rows, seed, 0);
        if (fromEnd) return row < rows - validationRows ? shuffle.at(row) : -1 - (row - (rows - validationRows));
        long place = shuffle.at(row);
        return place < validationRows ? -1 - place : place - validationRows;
    }
}
