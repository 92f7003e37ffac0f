package io.firesteel.schedule;

import io.firesteel.spec.Default;

/**
 * {@code last + (learningRate - last) (1 - t / steps)^power} over {@code steps}, then {@code last}; with a power of 1 a
 * line. PyTorch's {@code PolynomialLR}.
 *
 * @param learningRate required in a run file; null in an estimator, for its own {@code learningRate}
 * @param steps null for those of the run: of its epochs, or {@code stop.steps} if fewer
 * @param power of what is left of the steps
 * @param last learning rate at the end
 */
public record Polynomial(
        @Default("null") Double learningRate,
        @Default("null") Long steps,
        @Default("1") double power,
        @Default("0") double last)
        implements Schedule {
    public Polynomial {
        Schedule.requireRate(learningRate);
        if (steps != null) Schedule.requirePositive("steps", steps);
        Schedule.requirePositive("power", power);
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new Polynomial(Double.valueOf(learningRate), steps, power, last);
    }

    @Override
    public Schedule over(long steps, int batch) {
        return this.steps != null ? this : new Polynomial(learningRate, Long.valueOf(steps), power, last);
    }

    @Override
    public double rate(long step) {
        double left = Math.max(0, 1 - (double) step / steps);
        return last + (learningRate - last) * StrictMath.pow(left, power);
    }
}
