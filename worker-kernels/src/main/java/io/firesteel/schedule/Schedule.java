package io.firesteel.schedule;

/**
 * The learning rate as a function of the step. A new schedule is one file and one word in {@code permits}.
 *
 * <p>A schedule may leave its learning rate or its length open: {@link #withLearningRate} and {@link #over} fill in
 * what the run knows. {@link #rate} and {@link #next} need both.
 */
public sealed interface Schedule
        permits Constant, Step, Exponential, Cosine, Polynomial, OneCycle, WarmUp, Sequence, AdaScale {

    /** The learning rate that everything else is a multiple of; null where none is given. */
    Double learningRate();

    /** The same schedule with this learning rate. */
    Schedule withLearningRate(double learningRate);

    /** The learning rate of update {@code step}, counted from 0. */
    double rate(long step);

    /** The same schedule for a run of {@code steps} updates of {@code batch} rows; a length that is given stays. */
    default Schedule over(long steps, int batch) {
        return this;
    }

    /**
     * The learning rate of the next update, which is number {@code step} from 0.
     *
     * @param state brought up to date by schedules that remember something
     * @param batch rows of the update
     * @param trS estimated trace of the covariance of one row's gradient at this step; NaN where it was not measured
     * @param g2 estimated squared norm of the expected gradient at this step
     */
    default double next(ScheduleState state, long step, int batch, double trS, double g2) {
        return rate(step);
    }

    /** Whether {@link #next} needs trS and g2, which takes two shards or more. */
    default boolean needsNoise() {
        return false;
    }

    /** Throws unless {@code value} is above 0. */
    static void requirePositive(String name, double value) {
        if (!(value > 0)) throw new IllegalArgumentException(name + " is above 0, got " + value);
    }

    /** Throws unless {@code learningRate} is above 0 or not given. */
    static void requireRate(Double learningRate) {
        if (learningRate != null) requirePositive("learningRate", learningRate);
    }
}
