package io.firesteel.schedule;

import io.firesteel.spec.Alias;
import io.firesteel.spec.Default;

/**
 * Always {@code learningRate}.
 *
 * @param learningRate required in a run file; null in an estimator, for its own {@code learningRate}
 */
public record Constant(@Alias("rate") @Default("null") Double learningRate) implements Schedule {
    public Constant {
        Schedule.requireRate(learningRate);
    }

    public Constant(double learningRate) {
        this(Double.valueOf(learningRate));
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new Constant(learningRate);
    }

    @Override
    public double rate(long step) {
        return learningRate;
    }
}
