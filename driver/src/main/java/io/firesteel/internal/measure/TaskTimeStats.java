package io.firesteel.internal.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Task-time quantiles and stragglers: quantiles over the tasks of a step, their means over the steps, and where the
 * slowest tasks ran.
 */
public final class TaskTimeStats {
    private static final double LATE = 1.5; // times the median, from which the last task is a straggler

    private long steps;
    private final double[] sums = new double[3]; // p50, p95, max
    private double[] last = new double[3];
    private TaskTime slowest;
    private final Map<String, Integer> stragglers = new TreeMap<>(); // steps by executor

    /** Adds a step; returns its slowest task. */
    TaskTime add(List<TaskTime> tasks) {
        double[] seconds = new double[tasks.size()];
        slowest = tasks.get(0);
        for (int i = 0; i < seconds.length; i++) {
            TaskTime task = tasks.get(i);
            seconds[i] = task.seconds();
            if (seconds[i] > slowest.seconds()) slowest = task;
        }
        Arrays.sort(seconds);
        last = new double[] {quantile(seconds, 0.5), quantile(seconds, 0.95), seconds[seconds.length - 1]};
        for (int i = 0; i < 3; i++) sums[i] += last[i];
        steps++;
        if (last[2] > LATE * last[0]) stragglers.merge(slowest.host, 1, Integer::sum);
        return slowest;
    }

    private static double quantile(double[] sorted, double q) {
        return sorted[(int) Math.ceil(q * sorted.length) - 1];
    }

    /** The last step: quantiles in seconds, and the slowest task. */
    public void writeLast(ObjectNode to) {
        if (slowest == null) return;
        write(to, last, 1);
        to.put("slowest", slowest.host).put("slowestShards", slowest.from + "-" + (slowest.to - 1));
    }

    /** All steps: mean quantiles in seconds, and how often each executor was the straggler. */
    public void write(ObjectNode to) {
        if (steps == 0) return;
        write(to, sums, steps);
        ObjectNode late = to.putObject("stragglers");
        stragglers.forEach(late::put);
    }

    private static void write(ObjectNode to, double[] quantiles, long steps) {
        to.put("p50", quantiles[0] / steps).put("p95", quantiles[1] / steps).put("max", quantiles[2] / steps);
    }
}
