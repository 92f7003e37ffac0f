package io.firesteel.schedule;

import io.firesteel.spec.Default;

/**
 * Up from {@code learningRate / divisor} to {@code learningRate} over the first part of the steps, then down to
 * {@code learningRate / (divisor lastDivisor)}, each along half a cosine: Smith and Topin 2018, as PyTorch's
 * {@code OneCycleLR}.
 *
 * @param learningRate the highest one; required in a run file; null in an estimator, for its own {@code learningRate}
 * @param steps null for those of the run: of its epochs, or {@code stop.steps} if fewer
 * @param rising the part of the steps in which it rises, in (0, 1)
 * @param divisor from the first learning rate to the highest
 * @param lastDivisor from the last learning rate to the first
 */
public record OneCycle(
        @Default("null") Double learningRate,
        @Default("null") Long steps,
        @Default("0.3") double rising,
        @Default("25") double divisor,
        @Default("1e4") double lastDivisor)
        implements Schedule {
    public OneCycle {
        Schedule.requireRate(learningRate);
        if (steps != null) Schedule.requirePositive("steps", steps);
        if (!(rising > 0 && rising < 1)) throw new IllegalArgumentException("rising is in (0, 1), got " + rising);
        Schedule.requirePositive("divisor", divisor);
        Schedule.requirePositive("lastDivisor", lastDivisor);
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new OneCycle(Double.valueOf(learningRate), steps, rising, divisor, lastDivisor);
    }

    @Override
    public Schedule over(long steps, int batch) {
        return this.steps != null
                ? this
                : new OneCycle(learningRate, Long.valueOf(steps), rising, divisor, lastDivisor);
    }

    @Override
    public double rate(long step) {
        double first = learningRate / divisor, peak = rising * steps - 1, end = steps - 1;
        return step < peak
                ? Cosine.half(first, learningRate, step / peak)
                : Cosine.half(learningRate, first / lastDivisor, Math.min(1, (step - peak) / (end - peak)));
    }
}
