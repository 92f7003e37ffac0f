package io.firesteel.model;

import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.gaussians;

import io.firesteel.array.Init;
import io.firesteel.array.Shape;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Sequential;
import io.firesteel.layer.Tanh;
import io.firesteel.loss.SquaredError;
import io.firesteel.optim.Sgd;
import org.junit.jupiter.api.Test;

/**
 * One hidden layer without biases under J = L + lambda/2 (||W1||^2 + ||W2||^2): dJ/dW2 = dJ/do h' + lambda W2 and
 * dJ/dW1 = dJ/dz x' + lambda W1. Our weights are [in, out], the transpose of the derivation's.
 */
class DecayByHandTest {
    private static final int D = 4, H = 3, Q = 2;
    private static final float LAMBDA = 0.25f;

    @Test
    void aStepOfRateOneWithDecayTakesTheGradientOfTheObjective() {
        Sequential net =
                new Sequential(new Dense(H, false, new Init.He()), new Tanh(), new Dense(Q, false, new Init.He()));
        CompiledModel program =
                new CompiledModel(new ModelSpec(new Shape(D), Normalization.NONE, net, new SquaredError(), Q), 1);
        float[] before = gaussians(1, D * H + H * Q), x = gaussians(2, D), t = gaussians(3, Q);
        System.arraycopy(x, 0, program.x, 0, D);
        System.arraycopy(t, 0, program.targets, 0, Q);
        float[] gradient = new float[before.length], after = before.clone(), found = new float[before.length];
        program.gradient(before, 1, gradient);
        new Sgd().step(after, gradient, new float[0][], 0, after.length, 1f, LAMBDA, 1);
        for (int i = 0; i < found.length; i++) found[i] = before[i] - after[i];
        assertClose("dJ/dW1, dJ/dW2", derived(before, x, t), found, 1e-5);
    }

    private static float[] derived(float[] w, float[] x, float[] t) {
        int w2 = D * H; // where W2 starts
        double[] h = new double[H], dO = new double[Q], dz = new double[H];
        for (int j = 0; j < H; j++) {
            double z = 0;
            for (int i = 0; i < D; i++) z += x[i] * w[i * H + j];
            h[j] = Math.tanh(z);
        }
        for (int k = 0; k < Q; k++) {
            double o = 0;
            for (int j = 0; j < H; j++) o += h[j] * w[w2 + j * Q + k];
            dO[k] = o - t[k];
        }
        for (int j = 0; j < H; j++) {
            double dh = 0; // dJ/dh = W2' dJ/do
            for (int k = 0; k < Q; k++) dh += w[w2 + j * Q + k] * dO[k];
            dz[j] = dh * (1 - h[j] * h[j]);
        }
        float[] gradient = new float[w.length];
        for (int i = 0; i < D; i++)
            for (int j = 0; j < H; j++) gradient[i * H + j] = (float) (dz[j] * x[i] + LAMBDA * w[i * H + j]);
        for (int j = 0; j < H; j++)
            for (int k = 0; k < Q; k++) gradient[w2 + j * Q + k] = (float) (dO[k] * h[j] + LAMBDA * w[w2 + j * Q + k]);
        return gradient;
    }
}
