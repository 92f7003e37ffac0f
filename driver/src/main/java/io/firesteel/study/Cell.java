package io.firesteel.study;

import io.firesteel.study.Result.Status;
import java.util.List;

/**
 * A point tried with every search seed.
 *
 * @param score median of the steps to the hardest goal, a failure being infinite
 */
public record Cell(Point point, double score, List<Result> results) {
    static Cell of(Point point, double level, List<Result> results) {
        return new Cell(point, Steps.median(results, level), results);
    }

    boolean diverged() {
        return results.stream().allMatch(result -> result.status() == Status.DIVERGED);
    }
}
