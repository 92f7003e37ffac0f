package io.firesteel.loss;

import io.firesteel.array.FastExp;
import io.firesteel.internal.kernel.SoftmaxRows;
import io.firesteel.spec.Default;
import java.util.List;

/**
 * L = -sum over classes c of q[c] log softmax(y)[c], where q is 1 for the label and 0 for the others; dy = softmax(y) -
 * q. The largest output is subtracted first, so that the exponential cannot overflow.
 *
 * <p>With label smoothing s, q[c] = (1 - s) for the label, and s/n more for each of the n classes: Szegedy et al. 2016.
 * With class weights, each q[c] is multiplied by that of c. As in PyTorch's {@code CrossEntropyLoss}, whose mean is
 * divided by the sum of the labels' class weights, while that of a batch here is divided by its rows.
 *
 * @param labelSmoothing s, in [0, 1)
 * @param classWeights one number above 0 for each class; null if all are 1
 */
public record SoftmaxCrossEntropy(
        @Default("0") double labelSmoothing,
        @Default("null") List<Double> classWeights) implements Loss {
    public SoftmaxCrossEntropy {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1))
            throw new IllegalArgumentException("labelSmoothing is in [0, 1), got " + labelSmoothing);
        if (classWeights != null)
            for (double weight : classWeights)
                if (!(weight > 0 && weight < Double.POSITIVE_INFINITY))
                    throw new IllegalArgumentException("classWeights are above 0, got " + weight);
    }

    public SoftmaxCrossEntropy() {
        this(0, null);
    }

    @Override
    public void check(int n, int width) {
        if (width != 1)
            throw new IllegalArgumentException(
                    "SoftmaxCrossEntropy takes class labels, got " + width + " values per row");
        if (n < 2)
            throw new IllegalArgumentException(
                    "SoftmaxCrossEntropy needs one output per class, the model ends with [" + n + "]");
        if (classWeights != null && classWeights.size() != n)
            throw new IllegalArgumentException(
                    classWeights.size() + " classWeights, the model ends with [" + n + "]; give one per class");
    }

    @Override
    public double apply(int rows, int n, int width, float[] y, float[] t, float[] weights, float[] dy) {
        if (labelSmoothing > 0 || classWeights != null) return smoothed(rows, n, y, t, weights, dy);
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

    /** The same for any q; its sum is that of the row's class weights, not 1. */
    private double smoothed(int rows, int n, float[] y, float[] t, float[] weights, float[] dy) {
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            int row = r * n, label = (int) t[r];
            float max = SoftmaxRows.max(n, y, row);
            double mass = 0, sum = 0;
            for (int j = 0; j < n; j++) {
                mass += q(n, label, j);
                sum += FastExp.of(y[row + j] - max);
            }
            double log = Math.log(sum);
            for (int j = 0; j < n; j++) {
                float over = y[row + j] - max;
                double q = q(n, label, j);
                loss += weights[r] * q * (log - over);
                if (dy != null) dy[row + j] = (float) (weights[r] * (mass * FastExp.of(over) / sum - q));
            }
        }
        return loss;
    }

    private double q(int n, int label, int c) {
        double smooth = labelSmoothing / n + (c == label ? 1 - labelSmoothing : 0);
        return classWeights == null ? smooth : smooth * classWeights.get(c);
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
