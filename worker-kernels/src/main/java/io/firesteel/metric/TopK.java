package io.firesteel.metric;

import io.firesteel.loss.TargetKind;

/**
 * The fraction of rows, by weight, whose label is among the k largest outputs; of equal outputs the first counts as
 * larger.
 *
 * @param k outputs that count, 1 or more
 */
public record TopK(int k) implements Metric {
    public TopK {
        if (k <= 0) throw new IllegalArgumentException("k is above 0, got " + k);
    }

    @Override
    public String name() {
        return "top" + k;
    }

    @Override
    public void check(TargetKind target, int outputs) {
        if (target != TargetKind.CLASS)
            throw new IllegalArgumentException("TopK needs class labels; leave it out of \"metrics\"");
        if (k > outputs)
            throw new IllegalArgumentException("TopK[k=" + k + "]: there are " + outputs + " classes; set a smaller k");
    }

    @Override
    public int slots(int outputs) {
        return 1;
    }

    @Override
    public void add(int rows, int outputs, float[] y, float[] t, float[] weights, double[] slots, int at) {
        for (int r = 0; r < rows; r++) {
            int row = r * outputs, label = (int) t[r], before = 0;
            for (int j = 0; j < outputs; j++)
                if (y[row + j] > y[row + label] || y[row + j] == y[row + label] && j < label) before++;
            if (before < k) slots[at] += weights[r];
        }
    }

    @Override
    public double value(int outputs, Sums sums, int at) {
        return sums.slots[at] / sums.weight;
    }
}
