package io.firesteel.internal.kernel.dense;

import io.firesteel.internal.kernel.Gemm;
import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.conv.Convolutions;

/**
 * The products of a dense layer with its weights {@code w [n, units]}, planned for their sizes. Not thread-safe.
 *
 * <p>Measured with 64 rows: forward by oneDNN is 1.15 to 1.45 times as fast as by OpenBLAS, from 64 units on; OpenBLAS
 * is 1.15 to 1.3 times as fast at dx' = w dy' as at dx = dy w'. No gain of the latter was seen in whole steps; measure
 * again.
 */
public final class DenseProduct {
    private static final int MANY_UNITS = 64;
    private static final int FEW_ROWS = 128;
    private static final int LARGE = 1 << 20; // floats of w: more than a second-level cache
    private static final int PANEL =
            256; // rows of a large w at a time, 5.1 ms for OpenBLAS where all 3136 rows at once take 6.0
    private static final int TILE = 16; // a cache line of floats

    private final int n;
    private final int units;
    private final OneDnnProduct oneDnn; // null if the BLAS is used
    private final float[] columns; // of x, [rows, PANEL]; null if w is not large
    private final float[] transposed; // dx' [n, rows], used for few rows

    public DenseProduct(int n, int units, int maxRows, ScratchAllocator scratch) {
        this.n = n;
        this.units = units;
        boolean pays = Convolutions.isOneDnn() && units >= MANY_UNITS;
        oneDnn = pays ? new OneDnnProduct(n, units, maxRows, scratch) : null;
        columns = !pays && (long) n * units > LARGE ? scratch.floats(Math.multiplyExact(maxRows, PANEL)) : null;
        transposed = scratch.floats(Math.multiplyExact(Math.min(maxRows, FEW_ROWS), n));
    }

    /** y += x w, with x [rows, n] and y [rows, units]. */
    public void forward(int rows, float[] x, float[] params, int w, float[] y) {
        if (oneDnn != null) oneDnn.forward(rows, x, params, w, y);
        else if (columns == null) Gemm.ab(rows, units, n, x, 0, params, w, 1f, y, 0);
        else
            for (int k = 0; k < n; k += PANEL) {
                int depth = Math.min(PANEL, n - k);
                for (int r = 0; r < rows; r++) System.arraycopy(x, r * n + k, columns, r * depth, depth);
                Gemm.ab(rows, units, depth, columns, 0, params, w + k * units, 1f, y, 0);
            }
    }

    /** dx = dy w', overwritten. */
    public void backward(int rows, float[] dy, float[] params, int w, float[] dx) {
        if (rows == 0) return;
        if (rows > FEW_ROWS) {
            Gemm.abT(rows, n, units, dy, 0, params, w, 0f, dx, 0);
            return;
        }
        Gemm.abT(n, rows, units, params, w, dy, 0, 0f, transposed, 0); // dx' = w dy'
        for (int from = 0; from < n; from += TILE) {
            int to = Math.min(n, from + TILE);
            for (int r = 0; r < rows; r++) for (int j = from; j < to; j++) dx[r * n + j] = transposed[j * rows + r];
        }
    }
}
