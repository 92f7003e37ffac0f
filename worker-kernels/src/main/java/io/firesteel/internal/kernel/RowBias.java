package io.firesteel.internal.kernel;

/** Row vectors against all rows of a matrix: biases and their gradients. */
public final class RowBias {
    private RowBias() {}

    /** Every row of y [rows, n] becomes b[bAt, bAt + n). */
    public static void fill(int rows, int n, float[] b, int bAt, float[] y, int yAt) {
        for (int r = 0; r < rows; r++) System.arraycopy(b, bAt, y, yAt + r * n, n);
    }

    /** b[bAt, bAt + n) += the sum of the rows of y [rows, n], the rows in order. */
    public static void addSums(int rows, int n, float[] y, int yAt, float[] b, int bAt) {
        for (int r = 0; r < rows; r++) {
            int row = yAt + r * n;
            for (int j = 0; j < n; j++) b[bAt + j] += y[row + j];
        }
    }
}
