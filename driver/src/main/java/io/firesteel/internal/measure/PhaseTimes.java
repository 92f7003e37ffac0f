package io.firesteel.internal.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Seconds spent in each phase of a run, in the order in which they were first seen. Used on the driver; not
 * thread-safe. {@code schedule} (until it began, as far as the hosts' clocks agree), {@code fetch} (the parameters
 * reach the executor), {@code compute}, {@code serialize} (of the result before) and {@code gc} are those of a step's
 * slowest task; {@code wait} is the rest of the job: transport, and merging on executors. {@code gc} and
 * {@code driverGc} are part of the others.
 */
public final class PhaseTimes {
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final TaskTimeStats spread = new TaskTimeStats();

    public void add(String phase, double more) {
        seconds.merge(phase, more, Double::sum);
    }

    /** Adds what has passed since {@code start}, a {@link System#nanoTime}; returns the time now. */
    public long since(String phase, long start) {
        long now = System.nanoTime();
        add(phase, (now - start) / 1e9);
        return now;
    }

    /** Adds a step's job that began at {@code start} and consisted of {@code tasks}; returns the time now. */
    public long job(List<TaskTime> tasks, long start) {
        long now = System.nanoTime();
        TaskTime slowest = spread.add(tasks);
        double taken = (now - start) / 1e9, rest = Math.max(0, taken - slowest.seconds());
        double schedule = within(slowest.begun - (TaskTime.clock() - taken), rest);
        double serialize = within(slowest.serialize, rest - schedule);
        add("schedule", schedule);
        add("fetch", slowest.fetch);
        add("compute", slowest.compute);
        add("serialize", serialize);
        add("wait", rest - schedule - serialize);
        add("gc", slowest.gc);
        return now;
    }

    private static double within(double seconds, double most) {
        return Math.max(0, Math.min(most, seconds));
    }

    public Map<String, Double> seconds() {
        return seconds;
    }

    public TaskTimeStats spread() {
        return spread;
    }
}
