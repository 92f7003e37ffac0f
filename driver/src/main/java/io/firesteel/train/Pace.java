package io.firesteel.train;

import io.firesteel.optim.Schedule;
import io.firesteel.optim.Schedule.AdaScale;
import io.firesteel.train.NoiseScale.Estimate;

/** The learning rate of each step: what the schedule says of it, or what AdaScale makes of the gradient's noise. */
record Pace(Schedule schedule, int batch) {
    /** Where AdaScale stands; part of a run's {@link State}. */
    static final class Progress {
        /** Steps of the base batch that all steps so far were worth. */
        double steps;
        /** Running averages; zero before the first measured step. */
        double trS, g2;
    }

    /**
     * The rate of the next update. With AdaScale it also takes in what {@code noise} says of that step, and moves the
     * schedule on.
     */
    double next(State state, Estimate noise) {
        if (!(schedule instanceof AdaScale scale)) return schedule.rate(state.step);
        Progress progress = state.progress;
        if (noise.steps() > 0) {
            double keep = progress.trS == 0 ? 0 : scale.keep(batch);
            progress.trS = keep * progress.trS + (1 - keep) * noise.trS();
            progress.g2 = keep * progress.g2 + (1 - keep) * noise.g2();
        }
        double gain = scale.gain(progress.trS, progress.g2, batch), rate = scale.rate(progress.steps, gain);
        progress.steps += gain;
        return rate;
    }
}
