package io.firesteel.optim;

import io.firesteel.spec.Default;

/**
 * {@code g' = g + decay w; s += g'^2; w -= rate g' / (sqrt(s) + epsilon)}: Duchi, Hazan and Singer 2011.
 *
 * @param epsilon added to the root
 */
public record Adagrad(@Default("1e-10") double epsilon) implements Optimizer {
    public Adagrad {
        if (!(epsilon > 0)) throw new IllegalArgumentException("epsilon is above 0, got " + epsilon);
    }

    public Adagrad() {
        this(1e-10);
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        float[] s = slots[0];
        float eps = (float) epsilon;
        for (int i = from; i < to; i++) {
            float d = g[i] + decay * w[i];
            s[i] += d * d;
            w[i] -= rate * d / ((float) Math.sqrt(s[i]) + eps);
        }
    }
}
