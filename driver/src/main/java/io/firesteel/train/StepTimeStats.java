package io.firesteel.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.gradient.Batch;
import io.firesteel.metric.Sums;
import java.util.Arrays;

/** How long the steps of a run took, from the parameters to the updated parameters. */
final class StepTimeStats implements TrainingListener {
    private double[] seconds = new double[1024];
    private int count;

    @Override
    public void step(Batch batch, Sums sums, double rate, double taken) {
        if (count == seconds.length) seconds = Arrays.copyOf(seconds, 2 * count);
        seconds[count++] = taken;
    }

    /** Adds the median, the 95th percentile and the longest; nothing when there was no step. */
    void write(ObjectNode into) {
        if (count == 0) return;
        double[] sorted = Arrays.copyOf(seconds, count);
        Arrays.sort(sorted);
        into.put("p50", sorted[count / 2])
                .put("p95", sorted[(int) (0.95 * count)])
                .put("max", sorted[count - 1]);
    }
}
