package io.firesteel.studies.scaling;

import io.firesteel.studies.scaling.StepBenchmark.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The measured steps of one batch size on one number of workers.
 *
 * @param heldOut kept out of the fit, to check the model
 */
record MeasuredStep(
        int batch, int workers, boolean oversubscribed, boolean heldOut, StepOperations work, List<Taken> steps) {
    MeasuredStep(int batch, int workers, boolean oversubscribed, boolean heldOut, StepOperations work) {
        this(batch, workers, oversubscribed, heldOut, work, new ArrayList<>());
    }

    double median() {
        return seconds(0.5);
    }

    double seconds(double quantile) {
        return quantile(quantile, Taken::seconds);
    }

    double mean() {
        return steps.stream().mapToDouble(Taken::seconds).average().orElse(Double.NaN);
    }

    /** Median seconds of some phases together. */
    double median(Set<String> phases) {
        return quantile(
                0.5,
                step -> phases.stream()
                        .mapToDouble(phase -> step.phases().getOrDefault(phase, 0.0))
                        .sum());
    }

    Set<String> phases() {
        Set<String> names = new TreeSet<>();
        steps.forEach(step -> names.addAll(step.phases().keySet()));
        return names;
    }

    double quantile(double q, ToDoubleFunction<Taken> of) {
        double[] sorted = steps.stream().mapToDouble(of).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, (int) (q * sorted.length))];
    }

    double throughput() {
        return batch / median();
    }
}
