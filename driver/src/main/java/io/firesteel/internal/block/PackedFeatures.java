package io.firesteel.internal.block;

import io.firesteel.internal.kernel.SparseRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.Normalizer;
import io.firesteel.row.RowBuffer;
import io.firesteel.spec.SpecException;
import java.io.Serializable;

/**
 * The features of packed rows, in one of the ways they can lie in memory. Plain classes, since Kryo 4 cannot write
 * records.
 */
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
     * Appends row {@code row} of {@code others} where that is less work than by way of cells; returns whether it did.
     */
    boolean add(PackedFeatures others, int row) {
        return false;
    }

    /** Copies row {@code row} to the cells. */
    abstract void get(int row, RowBuffer buffer);

    /** Gives back what growing took in advance. */
    abstract void trim();

    /** Copies row {@code row} to row {@code to} of x, scaled. */
    abstract void copy(int row, Normalizer normalizer, int to, float[] x);

    /** Copies {@code count} rows to the first rows of x, scaled. */
    void copy(int[] chosen, int count, Normalizer normalizer, float[] x) {
        for (int r = 0; r < count; r++) copy(chosen[r], normalizer, r, x);
    }

    /** Whether zeros are not kept, so that the next can be asked. */
    boolean isSparse() {
        return false;
    }

    /** Appends row {@code row}, scaled, to sparse rows x. */
    void copy(int row, Normalizer normalizer, SparseRows x) {
        throw new UnsupportedOperationException("dense rows");
    }

    /** Takes row {@code row} into the moments of its channels. */
    abstract void measure(int row, ChannelStats stats);

    /** At least {@code wanted}, and half as much again as there was; a whole number of {@code unit}s. */
    static int grown(int length, int unit, long wanted) {
        long most = MAX_ARRAY / unit * (long) unit;
        if (wanted > most)
            throw new SpecException("a shard holds at most " + MAX_ARRAY + " numbers; set more shards in the run");
        return (int) Math.min(most, Math.max(wanted, Math.max(16L * unit, length + length / 2 / unit * (long) unit)));
    }
}
