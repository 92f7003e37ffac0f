package io.firesteel.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Seconds spent in each phase of a run, in the order in which they were first seen. The driver's. {@code fetch} (the parameters reach
 * the executor), {@code compute} and {@code gc} are those of a step's slowest task, {@code wait} is the rest of the job: scheduling,
 * serializing, transport, and rounds of merging on executors. {@code gc} and {@code driverGc} are part of the others.
 */
public final class Phases {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final Spread spread = new Spread();

  public void add(String phase, double more) { seconds.merge(phase, more, Double::sum); }

  /** Adds what has passed since {@code start}, a {@link System#nanoTime}; returns the time now. */
  public long since(String phase, long start) {
    long now = System.nanoTime();
    add(phase, (now - start) / 1e9);
    return now;
  }

  /** Adds a step's job that began at {@code start} and consisted of {@code tasks}; returns the time now. */
  long job(List<TaskTime> tasks, long start) {
    long now = System.nanoTime();
    TaskTime slowest = spread.add(tasks);
    add("fetch", slowest.fetch);
    add("compute", slowest.compute);
    add("wait", (now - start) / 1e9 - slowest.seconds());
    add("gc", slowest.gc);
    return now;
  }

  public Map<String, Double> seconds() { return seconds; }

  Spread spread() { return spread; }
}
