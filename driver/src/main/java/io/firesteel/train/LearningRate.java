package io.firesteel.train;

import io.firesteel.internal.measure.NoiseScale.NoiseEstimate;
import io.firesteel.optim.Schedule;
import io.firesteel.optim.Schedule.AdaScale;

/** The learning rate of each step: what the schedule says of it, or what AdaScale makes of the gradient's noise. */
record LearningRate(Schedule schedule, int batch) {
    /**
     * The rate of the next update. With AdaScale it also takes in what {@code noise} says of that step, and moves the
     * schedule on.
     */
    double next(TrainingState state, NoiseEstimate noise) {
        if (!(schedule instanceof AdaScale scale)) return schedule.rate(state.step);
        AdaScaleProgress progress = state.progress;
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
