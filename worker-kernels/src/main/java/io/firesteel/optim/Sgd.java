package io.firesteel.optim;

import io.firesteel.spec.Default;
import java.util.Optional;

/**
 * Gradient descent, PyTorch's form: {@code g' = g + decay w; v = momentum v + g'; w -= rate v}; with Nesterov {@code w
 * -= rate (g' + momentum v)} (Sutskever et al. 2013). Without momentum it is {@code W <- W - eta/B sum dW}.
 *
 * @param momentum fraction of the old v that is kept per step
 * @param nesterov whether the step looks ahead by the momentum
 */
public record Sgd(
        @Default("0") double momentum, @Default("false") boolean nesterov) implements Optimizer {
    public Sgd {
        Optimizer.requireFraction("momentum", momentum);
        if (nesterov && momentum == 0) throw new IllegalArgumentException("nesterov needs a momentum above 0");
    }

    public Sgd() {
        this(0, false);
    }

    @Override
    public Optional<Optimizer> withMomentum(double momentum) {
        return Optional.of(new Sgd(momentum, nesterov));
    }

    @Override
    public int slots() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step) {
        float beta = (float) momentum;
        if (beta == 0) {
            for (int i = from; i < to; i++) w[i] -= rate * (g[i] + decay * w[i]);
            return;
        }
        float[] v = slots[0];
        if (nesterov) {
            for (int i = from; i < to; i++) {
                float d = g[i] + decay * w[i];
                v[i] = beta * v[i] + d;
                w[i] -= rate * (d + beta * v[i]);
            }
        } else {
            for (int i = from; i < to; i++) {
                v[i] = beta * v[i] + g[i] + decay * w[i];
                w[i] -= rate * v[i];
            }
        }
    }
}
