package io.firesteel.schedule;

import io.firesteel.spec.Alias;
import io.firesteel.spec.Default;

/**
 * {@code learningRate factor^(step / every)}, smoothly.
 *
 * @param learningRate required in a run file; null in an estimator, for its own {@code learningRate}
 * @param every steps after which the learning rate has been multiplied by {@code factor}
 */
public record Exponential(@Alias("rate") @Default("null") Double learningRate, long every, double factor)
        implements Schedule {
    public Exponential {
        Schedule.requireRate(learningRate);
        Schedule.requirePositive("every", every);
        Schedule.requirePositive("factor", factor);
    }

    public Exponential(double learningRate, long every, double factor) {
        this(Double.valueOf(learningRate), every, factor);
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new Exponential(learningRate, every, factor);
    }

    @Override
    public double rate(long step) {
        return learningRate * StrictMath.pow(factor, (double) step / every);
    }
}
