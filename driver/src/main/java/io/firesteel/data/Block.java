package io.firesteel.data;

import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Arrays;

/** Packed rows: features as raw bytes or floats, and targets. Written once, then read by any thread. */
public final class Block implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final int width;
  private final int targets;
  private int rows;
  private byte[] pixels; // [rows, width], or null
  private float[] values; // [rows, width], or null
  private float[] goals; // [rows, targets]

  /** An empty block for rows that look like {@code header}. */
  public Block(Header header) {
    width = header.shape().size();
    targets = header.targets();
    if (header.pixels()) pixels = new byte[0];
    else values = new float[0];
    goals = new float[0];
  }

  public int rows() { return rows; }

  /** Appends a row as a {@link Sink} gets it. */
  void add(byte[] rowPixels, float[] rowValues, float[] rowTargets) {
    if ((rows + 1) * (long) targets > goals.length) goals = Arrays.copyOf(goals, grown(goals.length, targets));
    System.arraycopy(rowTargets, 0, goals, rows * targets, targets);
    if (pixels != null) {
      if ((rows + 1) * (long) width > pixels.length) pixels = Arrays.copyOf(pixels, grown(pixels.length, width));
      System.arraycopy(rowPixels, 0, pixels, rows * width, width);
    } else {
      if ((rows + 1) * (long) width > values.length) values = Arrays.copyOf(values, grown(values.length, width));
      System.arraycopy(rowValues, 0, values, rows * width, width);
    }
    rows++;
  }

  private static int grown(int length, int row) {
    long more = Math.min(MAX_ARRAY / row * (long) row, Math.max(16L * row, length + length / 2 / row * (long) row));
    if (more <= length)
      throw new SpecException("a shard holds at most " + MAX_ARRAY + " numbers; set more shards in the run");
    return (int) more;
  }

  /** Gives back what growing took in advance. */
  void trim() {
    if (pixels != null) pixels = Arrays.copyOf(pixels, rows * width);
    else values = Arrays.copyOf(values, rows * width);
    goals = Arrays.copyOf(goals, rows * targets);
  }

  /** Copies row {@code row} to row {@code to} of x, scaled, and of t. */
  public void copy(int row, Scaling scaling, int to, float[] x, float[] t) {
    if (pixels != null) scaling.apply(pixels, row * width, width, x, to * width);
    else scaling.apply(values, row * width, width, x, to * width);
    for (int i = 0; i < targets; i++) t[to * targets + i] = goals[row * targets + i];
  }
}
