package io.firesteel.schedule;

/**
 * Linear from {@code 1/steps} of what {@code then} starts with, over {@code steps}; then {@code then}: Goyal et al.
 * 2017.
 *
 * @param steps of the warm-up
 * @param then the schedule after it; a {@code Cosine} without steps gets the rest of the run
 */
public record WarmUp(long steps, Schedule then) implements Schedule {
    public WarmUp {
        Schedule.requirePositive("steps", steps);
        if (then.needsNoise())
            throw new IllegalArgumentException(
                    "AdaScale stands inside WarmUp; let WarmUp be what AdaScale carries over");
    }

    @Override
    public Double learningRate() {
        return then.learningRate();
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new WarmUp(steps, then.withLearningRate(learningRate));
    }

    /** {@code then} gets the steps that are left. */
    @Override
    public Schedule over(long steps, int batch) {
        return new WarmUp(this.steps, then.over(Math.max(1, steps - this.steps), batch));
    }

    @Override
    public double rate(long step) {
        return step < steps ? then.rate(0) * (step + 1) / steps : then.rate(step - steps);
    }
}
