package io.firesteel.studies;

import java.util.List;

/**
 * The result of a rule at a batch size.
 *
 * @param choice the result of the search; null if the rule does not search
 * @param point the rate that was confirmed; null if none was found
 * @param confirmed the trials that confirmed it
 */
record BatchResult(
        BatchScalingRule rule, int batch, SearchResult choice, TunedValues point, List<TrialResult> confirmed) {
    StepsDistribution steps(double level) {
        return new StepsDistribution(level, confirmed);
    }

    double median(double level) {
        return confirmed.isEmpty() ? Double.POSITIVE_INFINITY : steps(level).median();
    }

    String search() {
        return choice == null ? "fixed" : choice.outcome().toString();
    }
}
