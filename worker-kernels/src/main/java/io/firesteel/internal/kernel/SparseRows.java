package io.firesteel.internal.kernel;

import java.util.Arrays;

/**
 * Rows x [rows, n] of which only the numbers that are not zero are kept, and their products with a matrix. One
 * thread's; filled anew for every pass, and no longer allocating when it has seen its largest.
 */
public final class SparseRows {
    private final int[] ends; // where each row's numbers end
    private int rows;
    private int count;
    private int[] indices = new int[64];
    private float[] values = new float[64];

    /** Room for so many rows. */
    public SparseRows(int maxRows) {
        ends = new int[maxRows];
    }

    /** Forgets all rows. */
    public void clear() {
        rows = count = 0;
    }

    /** Adds a number to the row that is being filled. */
    public void add(int place, float value) {
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        indices[count] = place;
        values[count++] = value;
    }

    /** Ends the row that is being filled. */
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
