package io.firesteel.internal.kernel;

/**
 * Numbers shifted and scaled to mean 0 and variance 1 in groups of each row, xhat = (x - mean) / sqrt(variance +
 * epsilon), then multiplied by w and added to b, channel by channel. Not thread-safe: backward takes the means and
 * variances of the last forward. Sums are in double and in a fixed order; no row has a part in those of another.
 */
public interface NormalizationKernel {
    /** y = xhat w + b; w and b begin at these indices of params. */
    void forward(int rows, float[] x, float[] params, int w, int b, float[] y);

    /**
     * Adds dw = sum of dy xhat and db = sum of dy to grads, and stores dx = (g - mean of g - xhat mean of g xhat) /
     * sqrt(variance + epsilon), with g = dy w, in dx unless it is null.
     */
    void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx);
}
