package io.firesteel.study;

import java.util.List;

/**
 * What a rule does at a batch.
 *
 * @param choice what the search found; null where the rule does not search
 * @param point the rate that was judged; null where none was found
 * @param confirmed the trials that judged it
 */
record Finding(Rule rule, int batch, Choice choice, Point point, List<Result> confirmed) {
    Steps steps(double level) {
        return new Steps(level, confirmed);
    }

    double median(double level) {
        return confirmed.isEmpty() ? Double.POSITIVE_INFINITY : steps(level).median();
    }

    String search() {
        return choice == null ? "fixed" : choice.outcome().toString();
    }
}
