package io.firesteel.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Schedules one after the other, each from its own beginning: PyTorch's {@code SequentialLR}.
 *
 * @param schedules in their order; without {@code AdaScale}, which carries over a sequence as a whole
 * @param milestones the steps at which the second schedule begins, the third, and so on
 */
public record Sequence(List<Schedule> schedules, List<Long> milestones) implements Schedule {
    public Sequence {
        schedules = List.copyOf(schedules);
        milestones = List.copyOf(milestones);
        if (schedules.isEmpty() || milestones.size() != schedules.size() - 1)
            throw new IllegalArgumentException(schedules.size() + " schedules take " + Math.max(0, schedules.size() - 1)
                    + " milestones, got " + milestones.size());
        long before = 0;
        for (long milestone : milestones) {
            if (milestone <= before)
                throw new IllegalArgumentException("milestones rise from above 0, got " + milestones);
            before = milestone;
        }
        if (schedules.stream().anyMatch(Schedule::needsNoise))
            throw new IllegalArgumentException(
                    "AdaScale stands in Sequence; let Sequence be what AdaScale carries over");
    }

    @Override
    public Double learningRate() {
        return schedules.get(0).learningRate();
    }

    @Override
    public Schedule withLearningRate(double learningRate) {
        return new Sequence(
                schedules.stream()
                        .map(each -> each.withLearningRate(learningRate))
                        .toList(),
                milestones);
    }

    /** Each gets the steps until the next one begins. */
    @Override
    public Schedule over(long steps, int batch) {
        List<Schedule> fitted = new ArrayList<>();
        for (int i = 0; i < schedules.size(); i++) {
            long end = i < milestones.size() ? milestones.get(i) : steps;
            fitted.add(schedules.get(i).over(Math.max(1, end - begin(i)), batch));
        }
        return new Sequence(fitted, milestones);
    }

    private long begin(int i) {
        return i == 0 ? 0 : milestones.get(i - 1);
    }

    @Override
    public double rate(long step) {
        int i = 0;
        while (i < milestones.size() && step >= milestones.get(i)) i++;
        return schedules.get(i).rate(step - begin(i));
    }
}
