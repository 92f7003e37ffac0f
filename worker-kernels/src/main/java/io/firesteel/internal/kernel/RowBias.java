package io.firesteel.internal.kernel;

/** Biases and their gradients: a row vector and all rows of a matrix. */
public final class RowBias {
    private RowBias() {}

    /** Sets every row of y [rows, n] to b[bAt, bAt + n). */
    public static void fill(int rows, int n, float[] b, int bAt, float[] y, int yAt) {
        for (int r = 0; r < rows; r++) System.arraycopy(b, bAt, y, yAt + r * n, n);
    }

    /** b[bAt, bAt + n) += the sum of the rows of y [rows, n], in order. */
    public static void addSums(int rows, int n, float[] y, int yAt, float[] b, int bAt) {
        for (int r = 0; r < rows; r++) {
            int row = yAt + r * n;
            for (int j = 0; j < n; j++) b[bAt + j] += y[row + j];
        }
    }
}
