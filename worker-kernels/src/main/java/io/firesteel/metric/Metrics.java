package io.firesteel.metric;

import io.firesteel.loss.TargetKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of a model, and where the slots of each stand in its {@link Sums}. */
public final class Metrics {
    private final List<Metric> metrics;
    private final int outputs;
    private final int[] starts; // where each metric's slots start, and where the last one's end

    /** Of a model with so many outputs. */
    public Metrics(List<Metric> metrics, int outputs) {
        this.metrics = List.copyOf(metrics);
        this.outputs = outputs;
        starts = new int[metrics.size() + 1];
        for (int i = 0; i < metrics.size(); i++)
            starts[i + 1] = starts[i] + metrics.get(i).slots(outputs);
    }

    /** What people expect of a model that predicts {@code target}. */
    public static List<Metric> usual(TargetKind target) {
        return target == TargetKind.CLASS ? List.of(new Accuracy()) : List.of();
    }

    /** Sums of no rows. */
    public Sums zero() {
        return new Sums(starts[metrics.size()]);
    }

    /** Adds the rows of a pass to {@code sums}: their count and weight, and every metric's slots, not their loss. */
    public void add(int rows, float[] y, float[] t, float[] weights, Sums sums) {
        sums.rows += rows;
        for (int r = 0; r < rows; r++) sums.weight += weights[r];
        for (int i = 0; i < metrics.size(); i++)
            metrics.get(i).add(rows, outputs, y, t, weights, sums.slots, starts[i]);
    }

    /**
     * What the sums say, by name: {@code loss}, then every metric in the order of the run; empty where there are no
     * rows.
     */
    public Map<String, Double> values(Sums sums) {
        Map<String, Double> values = new LinkedHashMap<>();
        if (sums.rows == 0) return values;
        values.put("loss", sums.lossSum / sums.weight);
        for (int i = 0; i < metrics.size(); i++)
            values.put(metrics.get(i).name(), metrics.get(i).value(outputs, sums, starts[i]));
        return values;
    }
}
