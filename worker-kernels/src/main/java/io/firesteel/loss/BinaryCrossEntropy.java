package io.firesteel.loss;

import io.firesteel.array.FastExp;
import io.firesteel.internal.kernel.Activations;

/**
 * L = -t log p - (1 - t) log(1 - p) with p = 1 / (1 + e^-y), for targets of 0 to 1: one or many labels of which each is
 * true or not; dL/dy = p - t. Outputs are logits: no Sigmoid stands before it. PyTorch's {@code BCEWithLogitsLoss}.
 * Predictions are p.
 */
public record BinaryCrossEntropy() implements ElementwiseLoss {
    @Override
    public double of(float y, float t) {
        return Math.max(y, 0) - t * y + Math.log1p(FastExp.of(-Math.abs(y)));
    }

    @Override
    public float slope(float y, float t) {
        return Activations.sigmoid(y) - t;
    }

    @Override
    public void predict(int rows, int n, float[] y) {
        Activations.sigmoid(rows * n, y, y);
    }

    @Override
    public String predictionOnnx() {
        return "Sigmoid";
    }
}
