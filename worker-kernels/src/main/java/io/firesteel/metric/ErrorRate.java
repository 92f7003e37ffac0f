package io.firesteel.metric;

import io.firesteel.loss.TargetKind;

/**
 * The fraction of rows, by weight, whose largest output does not stand at the label. Not one less the accuracy, which
 * is a rounding away from a goal such as 0.15.
 */
public record ErrorRate() implements Metric {
    private static final Accuracy CORRECT = new Accuracy();

    @Override
    public String name() {
        return "error";
    }

    @Override
    public void check(TargetKind target, int outputs) {
        if (target != TargetKind.CLASS)
            throw new IllegalArgumentException("ErrorRate needs class labels; leave it out of \"metrics\"");
    }

    @Override
    public int slots(int outputs) {
        return 1;
    }

    @Override
    public void add(int rows, int outputs, float[] y, float[] t, float[] weights, double[] slots, int at) {
        CORRECT.add(rows, outputs, y, t, weights, slots, at);
    }

    @Override
    public double value(int outputs, Sums sums, int at) {
        return (sums.weight - sums.slots[at]) / sums.weight;
    }
}
