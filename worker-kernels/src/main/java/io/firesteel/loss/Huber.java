package io.firesteel.loss;

import io.firesteel.spec.Default;

/**
 * L = 1/2 e^2 where |e| is at most delta, else delta (|e| - delta / 2), with e = y - t; dL/dy = e within [-delta,
 * delta]: Huber 1964, PyTorch's {@code HuberLoss}.
 *
 * @param delta the error from which the loss grows in a line
 */
public record Huber(@Default("1") double delta) implements ElementwiseLoss {
    public Huber {
        if (!(delta > 0)) throw new IllegalArgumentException("delta is above 0, got " + delta);
    }

    @Override
    public double of(float y, float t) {
        double error = Math.abs(y - t);
        return error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
    }

    @Override
    public float slope(float y, float t) {
        float bound = (float) delta;
        return Math.max(-bound, Math.min(bound, y - t));
    }
}
