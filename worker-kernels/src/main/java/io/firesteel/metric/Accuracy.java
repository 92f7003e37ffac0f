package io.firesteel.metric;

import io.firesteel.array.Floats;
import io.firesteel.loss.TargetKind;

/** The fraction of rows, by weight, whose largest output, the first of equals, stands at the label. */
public record Accuracy() implements Metric {
    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public void check(TargetKind target, int outputs) {
        if (target != TargetKind.CLASS)
            throw new IllegalArgumentException("Accuracy needs class labels; leave it out of \"metrics\"");
    }

    @Override
    public int slots(int outputs) {
        return 1;
    }

    @Override
    public void add(int rows, int outputs, float[] y, float[] t, float[] weights, double[] slots, int at) {
        for (int r = 0; r < rows; r++)
            if (Floats.argmax(outputs, y, r * outputs) == (int) t[r]) slots[at] += weights[r];
    }

    @Override
    public double value(int outputs, Sums sums, int at) {
        return sums.slots[at] / sums.weight;
    }
}
