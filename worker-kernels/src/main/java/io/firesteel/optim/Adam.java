package io.firesteel.optim;

import io.firesteel.spec.Default;

/**
 * {@code g' = g + decay w; m = beta1 m + (1 - beta1) g'; v = beta2 v + (1 - beta2) g'^2; w -= rate (m / (1 - beta1^t))
 * / (sqrt(v / (1 - beta2^t)) + epsilon)}: Kingma and Ba 2015.
 *
 * @param beta1 fraction of the old average m that is kept per step
 * @param beta2 fraction of the old average v that is kept per step
 * @param epsilon added to the root
 */
public record Adam(
        @Default("0.9") double beta1,
        @Default("0.999") double beta2,
        @Default("1e-8") double epsilon) implements Optimizer {
    public Adam {
        Optimizer.requireFraction("beta1", beta1);
        Optimizer.requireFraction("beta2", beta2);
        if (!(epsilon > 0)) throw new IllegalArgumentException("epsilon is above 0, got " + epsilon);
    }

    public Adam() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        float[] m = slots[0], v = slots[1];
        float b1 = (float) beta1, c1 = (float) (1 - beta1), b2 = (float) beta2, c2 = (float) (1 - beta2);
        float scaled = (float) (rate / (1 - StrictMath.pow(beta1, step)));
        float root = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(beta2, step))), eps = (float) epsilon;
        for (int i = from; i < to; i++) {
            float d = g[i] + decay * w[i];
            m[i] = b1 * m[i] + c1 * d;
            v[i] = b2 * v[i] + c2 * d * d;
            w[i] -= scaled * m[i] / ((float) Math.sqrt(v[i]) * root + eps);
        }
    }
}
