package io.firesteel.optim;

import io.firesteel.array.Floats;
import io.firesteel.array.ParamSlice.Role;
import io.firesteel.spec.Default;
import java.util.Optional;

/**
 * Gradient descent with a learning rate of its own for each weight tensor: {@code ratio = trust |w| / (|g| + decay
 * |w|); v = momentum v + ratio (g + decay w); w -= rate v}: You, Gitman and Ginsburg 2017. As in {@link Sgd}, the rate
 * is not part of v. The ratio is 1 where a norm is 0; biases take {@link Sgd}'s step.
 *
 * @param momentum fraction of the old v that is kept per step
 * @param trust factor of the ratio of the norms
 */
public record Lars(
        @Default("0.9") double momentum, @Default("0.001") double trust) implements Optimizer {
    public Lars {
        Optimizer.requireFraction("momentum", momentum);
        if (!(trust > 0)) throw new IllegalArgumentException("trust is above 0, got " + trust);
    }

    public Lars() {
        this(0.9, 0.001);
    }

    @Override
    public Optional<Optimizer> withMomentum(double momentum) {
        return Optional.of(new Lars(momentum, trust));
    }

    @Override
    public int slots() {
        return others().slots();
    }

    @Override
    public boolean wholeSlices() {
        return true;
    }

    @Override
    public Optimizer on(Role role) {
        return role == Role.WEIGHT ? this : others();
    }

    private Sgd others() {
        return new Sgd(momentum, false);
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        double norm = Math.sqrt(Floats.squares(w, from, to)), slope = Math.sqrt(Floats.squares(g, from, to));
        float ratio = norm == 0 || slope == 0 ? 1 : (float) (trust * norm / (slope + decay * norm));
        float beta = (float) momentum;
        if (beta == 0) {
            for (int i = from; i < to; i++) w[i] -= rate * ratio * (g[i] + decay * w[i]);
            return;
        }
        float[] v = slots[0];
        for (int i = from; i < to; i++) {
            v[i] = beta * v[i] + ratio * (g[i] + decay * w[i]);
            w[i] -= rate * v[i];
        }
    }
}
