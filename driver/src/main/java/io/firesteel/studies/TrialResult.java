package io.firesteel.studies;

import io.firesteel.spec.Default;
import java.util.List;
import java.util.Locale;

/**
 * The result of a trial.
 *
 * @param steps steps done; if the status is goal, the steps to the hardest goal
 * @param epochs the same as passes over the training rows
 * @param bestVal the lowest validation value; null if none was measured
 * @param testError at the hardest goal; null if it was not reached or there are no test rows
 * @param cap the limit of its steps
 * @param slices the noise of every slice of the parameters about the last evaluation
 */
public record TrialResult(
        Trial trial,
        Status status,
        long steps,
        long examples,
        double epochs,
        @Default("null") Double bestVal,
        @Default("null") Double testError,
        double trainSeconds,
        double evalSeconds,
        long cap,
        List<Reached> reached,
        List<Measurement> measurements,
        List<SliceEstimate> slices) {
    /** Why it ended; censored means at twice the best median so far. */
    public enum Status {
        GOAL,
        CAP,
        CENSORED,
        DIVERGED,
        WALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A goal and the step at which it was reached. */
    public record Reached(double level, long steps) {}

    /**
     * One evaluation; null means unknown, and a null {@code noiseHigh} may be unbounded. {@code seconds} are since the
     * start of the trial.
     */
    public record Measurement(
            long step,
            long examples,
            double seconds,
            double trainLoss,
            double valLoss,
            @Default("null") Double valError,
            @Default("null") Double trS,
            @Default("null") Double g2,
            @Default("null") Double noiseScale,
            @Default("null") Double noiseLow,
            @Default("null") Double noiseHigh) {}

    /** The noise of one slice of the parameters. */
    public record SliceEstimate(
            String name,
            @Default("null") Double trS,
            @Default("null") Double g2,
            @Default("null") Double noiseScale) {}

    /** Steps to a goal; infinite if it was not reached. */
    double stepsTo(double level) {
        for (Reached goal : reached) if (goal.level() == level) return goal.steps();
        return Double.POSITIVE_INFINITY;
    }
}
