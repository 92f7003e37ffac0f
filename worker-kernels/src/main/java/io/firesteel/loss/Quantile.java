package io.firesteel.loss;

import io.firesteel.spec.Default;

/**
 * L = q (t - y) where y is below t, else (1 - q) (y - t): Koenker and Bassett 1978. Its minimum is the quantile q of
 * the targets.
 *
 * @param q the part of the targets that is to be below the prediction, in (0, 1)
 */
public record Quantile(@Default("0.5") double q) implements ElementwiseLoss {
    public Quantile {
        if (!(q > 0 && q < 1)) throw new IllegalArgumentException("q is in (0, 1), got " + q);
    }

    @Override
    public double of(float y, float t) {
        return y < t ? q * (t - y) : (1 - q) * (y - t);
    }

    @Override
    public float slope(float y, float t) {
        return y < t ? (float) -q : y > t ? (float) (1 - q) : 0;
    }
}
