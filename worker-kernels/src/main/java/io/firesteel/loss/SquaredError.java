package io.firesteel.loss;

/** L = 1/2 ||y - t||^2; dy = y - t. Class labels count as one-hot vectors. */
public record SquaredError() implements Loss {
    @Override
    public void check(int n, int width) {
        if (width != 1 && width != n)
            throw new IllegalArgumentException(
                    "SquaredError needs one target an output, the model ends with [" + n + "], the data has " + width);
    }

    @Override
    public double apply(int rows, int n, int width, float[] y, float[] t, float[] weights, float[] dy) {
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < n; j++) {
                float target = width == n ? t[r * n + j] : j == (int) t[r] ? 1 : 0;
                float error = y[r * n + j] - target;
                loss += 0.5 * weights[r] * error * error;
                if (dy != null) dy[r * n + j] = weights[r] * error;
            }
        }
        return loss;
    }

    @Override
    public void predict(int rows, int n, float[] y) {}

    @Override
    public String predictionName() {
        return "values";
    }

    @Override
    public String predictionOnnx() {
        return "Identity";
    }
}
