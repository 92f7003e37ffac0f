package io.firesteel.schedule;

/**
 * A schedule for {@code baseBatch} rows carried over to other batches: Johnson et al. 2020. A step of B rows is worth
 * {@code gain = (trS/B0 + G2) / (trS/B + G2)} steps of B0 rows, so it takes gain times the rate and moves the schedule
 * on by gain. It needs two shards, whose gradients tell trS and G2.
 *
 * @param baseBatch rows per step that {@code then} was tuned for
 * @param then the schedule, in steps of {@code baseBatch} rows
 */
public record AdaScale(int baseBatch, Schedule then) implements Schedule {
    private static final double MEMORY = 1000; // steps of the base batch over which the paper averages

    public AdaScale {
        if (baseBatch <= 0) throw new IllegalArgumentException("baseBatch is above 0, got " + baseBatch);
        if (then.needsNoise()) throw new IllegalArgumentException("AdaScale stands inside AdaScale; keep one");
    }

    @Override
    public Double learningRate() {
        return then.learningRate();
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new AdaScale(baseBatch, then.withLearningRate(learningRate));
    }

    /** {@code then} gets as many steps of the base batch as have the rows of the run. */
    @Override
    public Schedule over(long steps, int batch) {
        long base = Math.max(1, Math.round((double) steps * batch / baseBatch));
        return new AdaScale(baseBatch, then.over(base, baseBatch));
    }

    /** That of the base batch. */
    @Override
    public double rate(long step) {
        return then.rate(step);
    }

    @Override
    public double next(ScheduleState state, long step, int batch, double trS, double g2) {
        if (!Double.isNaN(trS)) {
            double beta = state.trS == 0 ? 0 : beta(batch);
            state.trS = beta * state.trS + (1 - beta) * trS;
            state.g2 = beta * state.g2 + (1 - beta) * g2;
        }
        double gain = gain(state.trS, state.g2, batch), rate = gain * then.rate((long) state.steps);
        state.steps += gain;
        return rate;
    }

    @Override
    public boolean needsNoise() {
        return true;
    }

    /**
     * Steps of the base batch that a step is worth, between 1 and batch/baseBatch; 1 where nothing is known.
     *
     * @param trS trace of the covariance of one row's gradient
     * @param g2 squared norm of the expected gradient; taken as 0 where its estimate is negative
     */
    double gain(double trS, double g2, int batch) {
        double signal = Math.max(0, g2);
        return trS > 0 ? (trS / baseBatch + signal) / (trS / batch + signal) : 1;
    }

    /** The weight of the old value in the running averages of trS and G2. */
    double beta(int batch) {
        return Math.max(0, 1 - (double) batch / baseBatch / MEMORY);
    }
}
