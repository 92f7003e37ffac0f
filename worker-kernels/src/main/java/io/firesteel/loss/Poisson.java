package io.firesteel.loss;

import io.firesteel.array.FastExp;

/**
 * L = e^y - t y, the negative log-likelihood of a count t whose expectation is e^y, without what does not depend on y;
 * dL/dy = e^y - t: PyTorch's {@code PoissonNLLLoss}. Predictions are e^y.
 */
public record Poisson() implements ElementwiseLoss {
    @Override
    public double of(float y, float t) {
        return exp(y) - t * y;
    }

    @Override
    public float slope(float y, float t) {
        return exp(y) - t;
    }

    private static float exp(float y) {
        return y <= 0 ? FastExp.of(y) : 1 / FastExp.of(-y);
    }

    @Override
    public void predict(int rows, int n, float[] y) {
        for (int i = 0; i < rows * n; i++) y[i] = exp(y[i]);
    }

    @Override
    public String predictionOnnx() {
        return "Exp";
    }
}
