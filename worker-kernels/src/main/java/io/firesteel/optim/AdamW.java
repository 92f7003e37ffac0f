package io.firesteel.optim;

import io.firesteel.array.Floats;
import io.firesteel.spec.Default;

/**
 * Adam whose decay acts on the weights alone, {@code w -= rate decay w}, not on the moments: Loshchilov and Hutter
 * 2019.
 *
 * @param beta1 fraction of the old average m that is kept per step
 * @param beta2 fraction of the old average v that is kept per step
 * @param epsilon added to the root
 */
public record AdamW(
        @Default("0.9") double beta1,
        @Default("0.999") double beta2,
        @Default("1e-8") double epsilon) implements Optimizer {
    public AdamW {
        new Adam(beta1, beta2, epsilon); // the same bounds
    }

    public AdamW() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        if (decay != 0) Floats.scale(w, 1 - rate * decay, from, to);
        new Adam(beta1, beta2, epsilon).step(w, g, slots, from, to, rate, 0f, step);
    }
}
