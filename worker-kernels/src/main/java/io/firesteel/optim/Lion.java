package io.firesteel.optim;

import io.firesteel.spec.Default;

/**
 * {@code u = sign(beta1 m + (1 - beta1) g); m = beta2 m + (1 - beta2) g; w -= rate (u + decay w)}: Chen et al. 2023.
 * Its rates are a third to a tenth of {@link AdamW}'s, and its decay as many times larger.
 *
 * @param beta1 fraction of the old m in the direction of a step
 * @param beta2 fraction of the old m that is kept per step
 */
public record Lion(
        @Default("0.9") double beta1, @Default("0.99") double beta2) implements Optimizer {
    public Lion {
        Optimizer.requireFraction("beta1", beta1);
        Optimizer.requireFraction("beta2", beta2);
    }

    public Lion() {
        this(0.9, 0.99);
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        float[] m = slots[0];
        float b1 = (float) beta1, c1 = (float) (1 - beta1), b2 = (float) beta2, c2 = (float) (1 - beta2);
        for (int i = from; i < to; i++) {
            w[i] -= rate * (Math.signum(b1 * m[i] + c1 * g[i]) + decay * w[i]);
            m[i] = b2 * m[i] + c2 * g[i];
        }
    }
}
