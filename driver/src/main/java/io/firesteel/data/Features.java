package io.firesteel.data;

import io.firesteel.kernel.SparseRows;
import io.firesteel.spec.SpecException;
import java.io.Serializable;

/**
 * The features of packed rows, in one of the ways they can lie in memory. Plain classes, since Kryo 4 cannot write
 * records.
 */
abstract class Features implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    int width;
    int rows;

    Features(int width) {
        this.width = width;
    }

    static Features of(Header header) {
        int width = header.shape().size();
        if (header.pixels()) return new Pixels(width);
        return header.sparse() ? new Sparse(width) : new Values(width);
    }

    /** Appends a row. */
    abstract void add(Cells cells);

    /**
     * Appends row {@code row} of {@code others} where that is less work than by way of cells; returns whether it did.
     */
    boolean add(Features others, int row) {
        return false;
    }

    /** Copies row {@code row} to the cells. */
    abstract void get(int row, Cells cells);

    /** Gives back what growing took in advance. */
    abstract void trim();

    /** Copies row {@code row} to row {@code to} of x, scaled. */
    abstract void copy(int row, Scaling scaling, int to, float[] x);

    /** Copies {@code count} rows to the first rows of x, scaled. */
    void copy(int[] chosen, int count, Scaling scaling, float[] x) {
        for (int r = 0; r < count; r++) copy(chosen[r], scaling, r, x);
    }

    /** Whether zeros are not kept, so that the next can be asked. */
    boolean isSparse() {
        return false;
    }

    /** Appends row {@code row}, scaled, to sparse rows x. */
    void copy(int row, Scaling scaling, SparseRows x) {
        throw new UnsupportedOperationException("dense rows");
    }

    /** Takes row {@code row} into the moments of its channels. */
    abstract void measure(int row, Moments moments);

    /** At least {@code wanted}, and half as much again as there was; a whole number of {@code unit}s. */
    static int grown(int length, int unit, long wanted) {
        long most = MAX_ARRAY / unit * (long) unit;
        if (wanted > most)
            throw new SpecException("a shard holds at most " + MAX_ARRAY + " numbers; set more shards in the run");
        return (int) Math.min(most, Math.max(wanted, Math.max(16L * unit, length + length / 2 / unit * (long) unit)));
    }
}
