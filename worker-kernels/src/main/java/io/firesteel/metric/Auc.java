package io.firesteel.metric;

import io.firesteel.array.FastExp;
import io.firesteel.loss.TargetKind;
import io.firesteel.spec.Default;

/**
 * The area under the ROC curve: how often a row of a class has a higher probability of it than a row of another, ties
 * counting half. For two classes that of class 1, for more the mean over the classes, each against all others (Hanley
 * and McNeil 1982).
 *
 * <p>Summed as histograms of the log-odds z over bins of equal width in z / (1 + |z|), so that confident models are
 * told apart: rows in one bin count as ties, which is the only inexactness.
 *
 * @param bins of the histogram
 */
public record Auc(@Default("1000") int bins) implements Metric {
    public Auc {
        if (bins < 2) throw new IllegalArgumentException("bins is above 1, got " + bins);
    }

    @Override
    public String name() {
        return "auc";
    }

    @Override
    public void check(TargetKind target, int outputs) {
        if (target != TargetKind.CLASS)
            throw new IllegalArgumentException("Auc needs class labels; leave it out of \"metrics\"");
    }

    private static int classes(int outputs) {
        return outputs == 2 ? 1 : outputs;
    }

    /** For every class the weights of its rows, then those of all other rows, by bin. */
    @Override
    public int slots(int outputs) {
        return Math.multiplyExact(classes(outputs), 2 * bins);
    }

    @Override
    public void add(int rows, int outputs, float[] y, float[] t, float[] weights, double[] slots, int at) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < classes(outputs); i++) {
                int c = outputs == 2 ? 1 : i;
                int histogram = at + (2 * i + ((int) t[r] == c ? 0 : 1)) * bins;
                slots[histogram + bin(logOdds(outputs, y, r * outputs, c))] += weights[r];
            }
        }
    }

    /** log(p / (1 - p)) of class {@code c} under softmax: y[c] - log sum of e^y over the others. */
    private static double logOdds(int n, float[] y, int row, int c) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) if (j != c) max = Math.max(max, y[row + j]);
        double sum = 0;
        for (int j = 0; j < n; j++) if (j != c) sum += FastExp.of(y[row + j] - max);
        return y[row + c] - max - Math.log(sum);
    }

    private int bin(double z) {
        double place = Double.isInfinite(z) ? Math.signum(z) : z / (1 + Math.abs(z)); // in [-1, 1]; NaN comes first
        return Math.min(bins - 1, (int) ((place + 1) / 2 * bins));
    }

    @Override
    public double value(int outputs, Sums sums, int at) {
        double sum = 0;
        for (int i = 0; i < classes(outputs); i++) sum += area(sums.slots, at + 2 * i * bins);
        return sum / classes(outputs);
    }

    /** NaN where the class or its complement has no row. */
    private double area(double[] slots, int at) {
        double positives = 0, negatives = 0, pairs = 0;
        for (int b = 0; b < bins; b++) {
            double positive = slots[at + b], negative = slots[at + bins + b];
            pairs += positive * (negatives + negative / 2);
            positives += positive;
            negatives += negative;
        }
        return pairs / (positives * negatives);
    }
}
