package io.firesteel.loss;

/** L = 1/2 (y - t)^2; dL/dy = y - t. */
public record SquaredError() implements ElementwiseLoss {
    @Override
    public double of(float y, float t) {
        float error = y - t;
        return 0.5 * error * error;
    }

    @Override
    public float slope(float y, float t) {
        return y - t;
    }
}
