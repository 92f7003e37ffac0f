package io.firesteel.studies;

import java.util.List;

/**
 * What a rule does at a batch.
 *
 * @param choice what the search found; null where the rule does not search
 * @param point the rate that was judged; null where none was found
 * @param confirmed the trials that judged it
 */
record BatchResult(
        BatchScalingRule rule, int batch, SearchResult choice, TunedValues point, List<TrialResult> confirmed) {
    StepsToGoal steps(double level) {
        return new StepsToGoal(level, confirmed);
    }

    double median(double level) {
        return confirmed.isEmpty() ? Double.POSITIVE_INFINITY : steps(level).median();
    }

    String search() {
        return choice == null ? "fixed" : choice.outcome().toString();
    }
}
