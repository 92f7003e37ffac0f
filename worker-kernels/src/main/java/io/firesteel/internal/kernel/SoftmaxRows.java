package io.firesteel.internal.kernel;

/**
 * Softmax of each row of x [rows, n]; y may be x and dx may be dy. The largest number of a row is subtracted first, so
 * that the exponential cannot overflow; sums are in double and in the order of the row.
 */
public final class SoftmaxRows {
    private SoftmaxRows() {}

    /** y[j] = e^x[j] / sum of e^x in the row. */
    public static void forward(int rows, int n, float[] x, float[] y) {
        int size = rows * n;
        for (int row = 0; row < size; row += n) {
            float max = max(n, x, row);
            for (int j = row; j < row + n; j++) y[j] = x[j] - max;
        }
        Activations.exp(size, y, y);
        for (int row = 0; row < size; row += n) {
            double sum = 0;
            for (int j = row; j < row + n; j++) sum += y[j];
            for (int j = row; j < row + n; j++) y[j] = (float) (y[j] / sum);
        }
    }

    /** dx[j] = y[j] (dy[j] - sum of y dy in the row). */
    public static void backward(int rows, int n, float[] y, float[] dy, float[] dx) {
        for (int row = 0; row < rows * n; row += n) {
            double sum = 0;
            for (int j = row; j < row + n; j++) sum += (double) y[j] * dy[j];
            float mean = (float) sum;
            for (int j = row; j < row + n; j++) dx[j] = y[j] * (dy[j] - mean);
        }
    }

    /** The largest of x[at, at + n). */
    public static float max(int n, float[] x, int at) {
        float max = x[at];
        for (int j = at + 1; j < at + n; j++) max = Math.max(max, x[j]);
        return max;
    }
}
