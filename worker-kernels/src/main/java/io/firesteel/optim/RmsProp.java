package io.firesteel.optim;

import io.firesteel.spec.Default;

/**
 * {@code g' = g + decay w; s = alpha s + (1 - alpha) g'^2; w -= rate g' / (sqrt(s) + epsilon)}: Tieleman and Hinton
 * 2012.
 *
 * @param alpha fraction of the old average s that is kept per step
 * @param epsilon added to the root
 */
public record RmsProp(
        @Default("0.99") double alpha, @Default("1e-8") double epsilon) implements Optimizer {
    public RmsProp {
        Optimizer.requireFraction("alpha", alpha);
        if (!(epsilon > 0)) throw new IllegalArgumentException("epsilon is above 0, got " + epsilon);
    }

    public RmsProp() {
        this(0.99, 1e-8);
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        float[] s = slots[0];
        float beta = (float) alpha, rest = (float) (1 - alpha), eps = (float) epsilon;
        for (int i = from; i < to; i++) {
            float d = g[i] + decay * w[i];
            s[i] = beta * s[i] + rest * d * d;
            w[i] -= rate * d / ((float) Math.sqrt(s[i]) + eps);
        }
    }
}
