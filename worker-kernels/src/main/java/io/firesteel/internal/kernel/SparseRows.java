package io.firesteel.internal.kernel;

import java.util.Arrays;

/**
 * Sparse rows x [rows, n], and their products with a matrix. Not thread-safe; refilled for every pass, allocating only
 * while it grows.
 */
public final class SparseRows {
    private final int[] ends; // end offset of each row
    private int rows;
    private int count;
    private int[] indices = new int[64];
    private float[] values = new float[64];

    /** For at most {@code maxRows} rows. */
    public SparseRows(int maxRows) {
        ends = new int[maxRows];
    }

    /** Removes all rows. */
    public void clear() {
        rows = count = 0;
    }

    /** Adds a value to the current row. */
    public void add(int index, float value) {
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        indices[count] = index;
        values[count++] = value;
    }

    /** Ends the current row. */
    public void endRow() {
        ends[rows++] = count;
    }

    /** y += x w, with w [n, units] from {@code w[wAt]} on, and y [rows, units]. */
    public void ab(int units, float[] w, int wAt, float[] y) {
        for (int r = 0, k = 0; r < rows; r++) {
            for (; k < ends[r]; k++) {
                float value = values[k];
                int from = wAt + indices[k] * units, to = r * units;
                for (int j = 0; j < units; j++) y[to + j] += value * w[from + j];
            }
        }
    }

    /** dw += x' dy, with dw [n, units] from {@code dw[dwAt]} on, and dy [rows, units]. */
    public void aTb(int units, float[] dy, float[] dw, int dwAt) {
        for (int r = 0, k = 0; r < rows; r++) {
            for (; k < ends[r]; k++) {
                float value = values[k];
                int to = dwAt + indices[k] * units, from = r * units;
                for (int j = 0; j < units; j++) dw[to + j] += value * dy[from + j];
            }
        }
    }
}
