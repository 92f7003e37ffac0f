package io.firesteel.studies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.spec.Specs;
import java.util.List;

/** The steps that the trials of one point took to reach one goal level; a failure counts as infinite. */
record StepsDistribution(double level, List<TrialResult> trials) {
    static double median(List<TrialResult> trials, double level) {
        return median(new StepsDistribution(level, trials).sorted());
    }

    /** The median of sorted values; NaN if there are none. */
    static double median(double[] sorted) {
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    double[] sorted() {
        return trials.stream()
                .mapToDouble(trial -> trial.stepsTo(level))
                .sorted()
                .toArray();
    }

    double median() {
        return median(sorted());
    }

    long failures() {
        return trials.stream()
                .filter(trial -> Double.isInfinite(trial.stepsTo(level)))
                .count();
    }

    /** The mean without the fastest and the slowest, as in MLPerf's rules; NaN for fewer than three. */
    private double mlperfMean() {
        double[] sorted = sorted();
        double sum = 0;
        for (int i = 1; i < sorted.length - 1; i++) sum += sorted[i];
        return sorted.length < 3 ? Double.NaN : sum / (sorted.length - 2);
    }

    /** The median trial, the faster of the two in the middle; null if there are none. */
    TrialResult middle() {
        return trials.isEmpty()
                ? null
                : trials.stream()
                        .sorted((a, b) -> Double.compare(a.stepsTo(level), b.stepsTo(level)))
                        .toList()
                        .get((trials.size() - 1) / 2);
    }

    ObjectNode write(ObjectNode to) {
        double[] sorted = sorted();
        to.set("median", Specs.number(median()));
        to.set("min", Specs.number(sorted.length == 0 ? Double.NaN : sorted[0]));
        to.set("max", Specs.number(sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1]));
        to.set("mlperfMean", Specs.number(mlperfMean()));
        write(to.putArray("values"), trials, level);
        return to.put("failures", failures());
    }

    static void write(ArrayNode to, List<TrialResult> trials, double level) {
        for (TrialResult each : trials) {
            ObjectNode value = to.addObject()
                    .put("trial", each.trial().id())
                    .put("seed", each.trial().seed());
            value.set("steps", Specs.number(each.stepsTo(level)));
            value.put("status", each.status().toString());
        }
    }
}
