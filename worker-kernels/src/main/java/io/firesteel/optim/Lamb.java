package io.firesteel.optim;

import io.firesteel.array.Floats;
import io.firesteel.array.ParamSlice.Role;
import io.firesteel.spec.Default;

/**
 * Adam with a learning rate of its own for each weight tensor: m and v are {@link AdamW}'s; {@code u = (m / (1 -
 * beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon) + decay w; w -= rate (|w| / |u|) u}: You et al. 2019. The ratio is 1
 * where a norm is 0; biases take {@link Adam}'s step.
 *
 * @param beta1 fraction of the old average m that is kept per step
 * @param beta2 fraction of the old average v that is kept per step
 * @param epsilon added to the root
 */
public record Lamb(
        @Default("0.9") double beta1,
        @Default("0.999") double beta2,
        @Default("1e-6") double epsilon) implements Optimizer {
    public Lamb {
        new Adam(beta1, beta2, epsilon); // the same bounds
    }

    public Lamb() {
        this(0.9, 0.999, 1e-6);
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public boolean wholeSlices() {
        return true;
    }

    @Override
    public Optimizer on(Role role) {
        return role == Role.WEIGHT ? this : new Adam(beta1, beta2, epsilon);
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        float[] m = slots[0], v = slots[1];
        float b1 = (float) beta1, c1 = (float) (1 - beta1), b2 = (float) beta2, c2 = (float) (1 - beta2);
        float mean = (float) (1 / (1 - StrictMath.pow(beta1, step)));
        float root = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(beta2, step))), eps = (float) epsilon;
        double squares = 0;
        for (int i = from; i < to; i++) {
            m[i] = b1 * m[i] + c1 * g[i];
            v[i] = b2 * v[i] + c2 * g[i] * g[i];
            double u = mean * m[i] / ((float) Math.sqrt(v[i]) * root + eps) + decay * w[i];
            squares += u * u;
        }
        double norm = Math.sqrt(Floats.squares(w, from, to));
        float scaled = norm == 0 || squares == 0 ? rate : (float) (rate * norm / Math.sqrt(squares));
        for (int i = from; i < to; i++)
            w[i] -= scaled * (mean * m[i] / ((float) Math.sqrt(v[i]) * root + eps) + decay * w[i]);
    }
}
