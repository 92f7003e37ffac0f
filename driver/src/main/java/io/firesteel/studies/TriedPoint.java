package io.firesteel.studies;

import io.firesteel.studies.TrialResult.Status;
import java.util.List;

/**
 * A point of the search, tried with every search seed.
 *
 * @param score median steps to the hardest goal; failures count as infinite
 */
public record TriedPoint(TunedValues point, double score, List<TrialResult> results) {
    static TriedPoint of(TunedValues point, double level, List<TrialResult> results) {
        return new TriedPoint(point, StepsDistribution.median(results, level), results);
    }

    boolean diverged() {
        return results.stream().allMatch(result -> result.status() == Status.DIVERGED);
    }
}
