package io.firesteel.data;

import io.firesteel.spec.SpecException;
import java.io.Serializable;

/**
 * Which row goes to which shard: a seeded shuffle gives every row a position, the held-out rows come first, and the
 * others are dealt round like cards: position p goes to shard p mod S. A function of the run alone.
 */
public final class Deal implements Serializable {
    private static final long serialVersionUID = 1;

    private final long rows;
    private final long held;
    private final boolean fromEnd;
    private final int shards;
    private final long seed;
    private transient Bijection shuffle;

    public Deal(long rows, Validation validation, int shards, long seed) {
        this.rows = rows;
        this.held = validation.count(rows);
        this.fromEnd = validation.last() > 0;
        this.shards = shards;
        this.seed = seed;
        if (held >= rows)
            throw new SpecException(
                    "data.validation holds out " + held + " of " + rows + " rows; leave some to train on");
    }

    /** Rows that train. */
    public long trained() {
        return rows - held;
    }

    /** Rows that validate. */
    public long held() {
        return held;
    }

    public int shards() {
        return shards;
    }

    /** The row's place among the training rows, or, when it is held out, {@code -1 - place} among those. */
    public long position(long row) {
        if (shuffle == null) shuffle = new Bijection(fromEnd ? rows - held : rows, seed, 0);
        if (fromEnd) return row < rows - held ? shuffle.at(row) : -1 - (row - (rows - held));
        long place = shuffle.at(row);
        return place < held ? -1 - place : place - held;
    }
}
