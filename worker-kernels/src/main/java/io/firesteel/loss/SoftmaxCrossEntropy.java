package io.firesteel.loss;

import io.firesteel.array.FastExp;
import io.firesteel.internal.kernel.SoftmaxRows;

/**
 * L = -log softmax(y)[label]; dy = softmax(y) - onehot(label). The largest output is subtracted first, so that the
 * exponential cannot overflow.
 */
public record SoftmaxCrossEntropy() implements Loss {
    @Override
    public void check(int n, int width) {
        if (width != 1)
            throw new IllegalArgumentException(
                    "SoftmaxCrossEntropy takes class labels, got " + width + " values per row");
        if (n < 2)
            throw new IllegalArgumentException(
                    "SoftmaxCrossEntropy needs one output per class, the model ends with [" + n + "]");
    }

    @Override
    public double apply(int rows, int n, int width, float[] y, float[] t, float[] weights, float[] dy) {
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            int row = r * n, label = row + (int) t[r];
            float max = SoftmaxRows.max(n, y, row);
            double sum = 0;
            if (dy == null) {
                for (int j = row; j < row + n; j++) sum += FastExp.of(y[j] - max);
            } else {
                for (int j = row; j < row + n; j++) {
                    dy[j] = FastExp.of(y[j] - max);
                    sum += dy[j];
                }
                for (int j = row; j < row + n; j++) dy[j] = (float) (dy[j] / sum);
                dy[label] -= 1;
                if (weights[r] != 1) for (int j = row; j < row + n; j++) dy[j] *= weights[r];
            }
            loss += weights[r] * (Math.log(sum) - (y[label] - max));
        }
        return loss;
    }

    @Override
    public void predict(int rows, int n, float[] y) {
        SoftmaxRows.forward(rows, n, y, y);
    }

    @Override
    public String predictionName() {
        return "probabilities";
    }

    @Override
    public String predictionOnnx() {
        return "Softmax";
    }
}
