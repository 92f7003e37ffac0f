package io.firesteel.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** Seconds spent in each phase of a run, in the order in which they were first seen. The driver's. */
public final class Phases {
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  public void add(String phase, double more) { seconds.merge(phase, more, Double::sum); }

  /** Adds what has passed since {@code start}, a {@link System#nanoTime}; returns the time now. */
  public long since(String phase, long start) {
    long now = System.nanoTime();
    add(phase, (now - start) / 1e9);
    return now;
  }

  public Map<String, Double> seconds() { return seconds; }
}
