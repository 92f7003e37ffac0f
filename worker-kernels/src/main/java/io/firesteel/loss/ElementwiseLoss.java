package io.firesteel.loss;

/**
 * A loss of every output by itself, summed over the outputs of a row. Class labels count as one-hot vectors. A new one
 * is one file and one word in {@code permits}.
 */
public sealed interface ElementwiseLoss extends Loss
        permits SquaredError, AbsoluteError, Huber, Quantile, Poisson, BinaryCrossEntropy {

    /** The loss of one output. */
    double of(float y, float t);

    /** Its derivative in y. */
    float slope(float y, float t);

    @Override
    default void check(int n, int width) {
        if (width != 1 && width != n)
            throw new IllegalArgumentException(getClass().getSimpleName()
                    + " needs one target an output, the model ends with [" + n + "], the data has " + width);
    }

    @Override
    default double apply(int rows, int n, int width, float[] y, float[] t, float[] weights, float[] dy) {
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                float target = width == n ? t[r * n + j] : j == (int) t[r] ? 1 : 0, output = y[r * n + j];
                loss += weights[r] * of(output, target);
                if (dy != null) dy[r * n + j] = weights[r] * slope(output, target);
            }
        }
        return loss;
    }

    @Override
    default void predict(int rows, int n, float[] y) {}

    @Override
    default String predictionName() {
        return "values";
    }

    @Override
    default String predictionOnnx() {
        return "Identity";
    }
}
