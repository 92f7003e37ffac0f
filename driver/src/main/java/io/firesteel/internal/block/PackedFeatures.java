package io.firesteel.internal.block;

import io.firesteel.internal.kernel.SparseRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import io.firesteel.spec.SpecException;
import java.io.Serializable;

/** The features of packed rows, in one of several memory layouts. Plain classes, since Kryo 4 cannot write records. */
abstract class PackedFeatures implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    int width;
    int rows;

    PackedFeatures(int width) {
        this.width = width;
    }

    /** Appends a row. */
    abstract void add(RowBuffer buffer);

    /**
     * Appends row {@code row} of {@code others} directly if that is cheaper than through a row buffer; returns whether
     * it did.
     */
    boolean add(PackedFeatures others, int row) {
        return false;
    }

    /** Copies row {@code row} to the buffer. */
    abstract void get(int row, RowBuffer buffer);

    /** Shrinks the arrays to the size in use. */
    abstract void trim();

    /** Normalizes row {@code row} into row {@code to} of x. */
    abstract void copy(int row, InputScaler normalizer, int to, float[] x);

    /** Normalizes {@code count} rows into the first rows of x. */
    void copy(int[] chosen, int count, InputScaler normalizer, float[] x) {
        for (int r = 0; r < count; r++) copy(chosen[r], normalizer, r, x);
    }

    /** Whether the rows are stored sparse. */
    boolean isSparse() {
        return false;
    }

    /** Normalizes row {@code row} and appends it to sparse rows x. */
    void copy(int row, InputScaler normalizer, SparseRows x) {
        throw new UnsupportedOperationException("dense rows");
    }

    /** Adds row {@code row} to the channel statistics. */
    abstract void measure(int row, ChannelStats stats);

    /** The next capacity: at least {@code wanted}, at least 1.5 times the current one, a multiple of {@code unit}. */
    static int capacity(int length, int unit, long wanted) {
        long most = MAX_ARRAY / unit * (long) unit;
        if (wanted > most)
            throw new SpecException("a shard holds at most " + MAX_ARRAY + " numbers; set more shards in the run");
        return (int) Math.min(most, Math.max(wanted, Math.max(16L * unit, length + length / 2 / unit * (long) unit)));
    }
}
