package io.firesteel.schedule;

import io.firesteel.spec.Alias;
import io.firesteel.spec.Default;

/**
 * Half a cosine from {@code learningRate} to {@code last} over {@code steps}, then {@code last}: Loshchilov and Hutter
 * 2017.
 *
 * @param learningRate required in a run file; null in an estimator, for its own {@code learningRate}
 * @param steps null for those of the run: of its epochs, or {@code stop.steps} if fewer
 * @param last learning rate at the end
 */
public record Cosine(
        @Alias("rate") @Default("null") Double learningRate,
        @Default("null") Long steps,
        @Default("0") double last) implements Schedule {
    public Cosine {
        Schedule.requireRate(learningRate);
        if (steps != null) Schedule.requirePositive("steps", steps);
    }

    public Cosine(double learningRate, long steps, double last) {
        this(Double.valueOf(learningRate), Long.valueOf(steps), last);
    }

    /** Down to 0 at the end of the run. */
    public Cosine(double learningRate) {
        this(Double.valueOf(learningRate), null, 0);
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new Cosine(Double.valueOf(learningRate), steps, last);
    }

    @Override
    public Schedule over(long steps, int batch) {
        return this.steps != null ? this : new Cosine(learningRate, Long.valueOf(steps), last);
    }

    @Override
    public double rate(long step) {
        return half(learningRate, last, Math.min(1, (double) step / steps));
    }

    /** Half a cosine from one rate to another, of which the part {@code done} in [0, 1] is done. */
    static double half(double from, double to, double done) {
        return to + (from - to) * 0.5 * (1 + StrictMath.cos(Math.PI * done));
    }
}
