package io.firesteel.optim;

import io.firesteel.spec.Default;

/**
 * {@link Adam} with Nesterov's momentum, which grows with the steps: {@code u[t] = beta1 (1 - 0.96^(t momentumDecay) /
 * 2); P[t] = u[1] ... u[t]; w -= rate ((1 - u[t]) g' / (1 - P[t]) + u[t + 1] m / (1 - P[t + 1])) / (sqrt(v / (1 -
 * beta2^t)) + epsilon)}: Dozat 2016, as in PyTorch.
 *
 * @param beta1 fraction of the old average m that is kept per step
 * @param beta2 fraction of the old average v that is kept per step
 * @param epsilon added to the root
 * @param momentumDecay how fast u grows to beta1
 */
public record NAdam(
        @Default("0.9") double beta1,
        @Default("0.999") double beta2,
        @Default("1e-8") double epsilon,
        @Default("0.004") double momentumDecay)
        implements Optimizer {
    private static final double GONE = 1e-20; // 1 less so little is 1

    public NAdam {
        new Adam(beta1, beta2, epsilon); // the same bounds
        if (!(momentumDecay >= 0))
            throw new IllegalArgumentException("momentumDecay is 0 or more, got " + momentumDecay);
    }

    public NAdam() {
        this(0.9, 0.999, 1e-8, 0.004);
    }

    @Override
    public int slots() {
        return 2;
    }

    private double momentum(long step) {
        return beta1 * (1 - 0.5 * StrictMath.pow(0.96, step * momentumDecay));
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        float[] m = slots[0], v = slots[1];
        double product = 1;
        for (long t = 1; t <= step && product > GONE; t++) product *= momentum(t);
        double next = momentum(step + 1);
        float ofGradient = (float) (rate * (1 - momentum(step)) / (1 - product));
        float ofMean = (float) (rate * next / (1 - product * next));
        float root = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(beta2, step))), eps = (float) epsilon;
        float b1 = (float) beta1, c1 = (float) (1 - beta1), b2 = (float) beta2, c2 = (float) (1 - beta2);
        for (int i = from; i < to; i++) {
            float d = g[i] + decay * w[i];
            m[i] = b1 * m[i] + c1 * d;
            v[i] = b2 * v[i] + c2 * d * d;
            w[i] -= (ofGradient * d + ofMean * m[i]) / ((float) Math.sqrt(v[i]) * root + eps);
        }
    }
}
