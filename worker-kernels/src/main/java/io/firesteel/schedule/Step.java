package io.firesteel.schedule;

import io.firesteel.spec.Alias;
import io.firesteel.spec.Default;

/**
 * {@code learningRate factor^floor(step / every)}.
 *
 * @param learningRate required in a run file; null in an estimator, for its own {@code learningRate}
 * @param every steps from one drop to the next
 * @param factor by which each drop multiplies
 */
public record Step(
        @Alias("rate") @Default("null") Double learningRate,
        long every,
        @Default("0.1") double factor) implements Schedule {
    public Step {
        Schedule.requireRate(learningRate);
        Schedule.requirePositive("every", every);
        Schedule.requirePositive("factor", factor);
    }

    public Step(double learningRate, long every, double factor) {
        this(Double.valueOf(learningRate), every, factor);
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new Step(learningRate, every, factor);
    }

    @Override
    public double rate(long step) {
        long drops = step / every;
        return learningRate * StrictMath.pow(factor, drops);
    }
}
