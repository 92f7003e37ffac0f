package io.firesteel.data;

import io.firesteel.model.Program;
import java.io.Serializable;
import java.util.Arrays;

/** Packed rows: features, targets and, where rows have them, weights. Written once, then read by any thread. */
public final class Block implements Serializable {
  private static final long serialVersionUID = 1;

  private final Features features;
  private final int targets;
  private float[] goals = new float[0]; // [rows, targets]
  private float[] weights; // [rows], or null where every row weighs 1

  /** An empty block for rows that look like {@code header}. */
  public Block(Header header) {
    features = Features.of(header);
    targets = header.targets();
  }

  public int rows() { return features.rows; }

  /** Appends a row as a {@link Sink} gets it. */
  void add(byte[] rowPixels, float[] rowValues, float[] rowTargets) {
    if (features instanceof Features.Pixels pixels) pixels.add(rowPixels, 0, 1);
    else if (features instanceof Features.Values values) values.add(rowValues, 0);
    else((Features.Sparse) features).add(rowValues);
    addTargets(rowTargets, 0, 1);
  }

  /** Appends a row of a table. */
  void add(Cells cells, boolean weighted) {
    if (features instanceof Features.Sparse sparse) sparse.add(cells.places, cells.values, 0, cells.count);
    else if (features instanceof Features.Pixels pixels) pixels.add(cells.pixels, 0, 1);
    else((Features.Values) features).add(cells.values, 0);
    addTargets(cells.targets, 0, 1);
    if (weighted) addWeights(new float[]{cells.weight}, 0, 1, 1);
  }

  /** Appends row {@code row} of another block, its weight times {@code scale}. */
  void add(Block other, int row, float scale) {
    features.add(other.features, row);
    addTargets(other.goals, row, 1);
    if (other.weights != null) addWeights(other.weights, row, 1, scale);
  }

  /** Appends all rows of another block. */
  void addAll(Block other) {
    if (other.rows() == 0) return;
    features.addAll(other.features);
    addTargets(other.goals, 0, other.rows());
    if (other.weights != null) addWeights(other.weights, 0, other.rows(), 1);
  }

  /** The last {@code count} rows have these targets. */
  private void addTargets(float[] from, int at, int count) {
    long end = rows() * (long) targets;
    if (end > goals.length) goals = Arrays.copyOf(goals, Features.grown(goals.length, targets, end));
    System.arraycopy(from, at * targets, goals, (int) end - count * targets, count * targets);
  }

  private void addWeights(float[] from, int at, int count, float scale) {
    if (weights == null) weights = new float[0];
    if (rows() > weights.length) weights = Arrays.copyOf(weights, Features.grown(weights.length, 1, rows()));
    for (int i = 0; i < count; i++) weights[rows() - count + i] = scale * from[at + i];
  }

  /** Gives back what growing took in advance. */
  void trim() {
    features.trim();
    goals = Arrays.copyOf(goals, rows() * targets);
    if (weights != null) weights = Arrays.copyOf(weights, rows());
  }

  /** Copies row {@code row} to row {@code to} of x, scaled, and of t. */
  public void copy(int row, Scaling scaling, int to, float[] x, float[] t) {
    features.copy(row, scaling, to, x);
    System.arraycopy(goals, row * targets, t, to * targets, targets);
  }

  /** The same into a program, with the row's weight. */
  public void copy(int row, Scaling scaling, int to, Program program) {
    copy(row, scaling, to, program.x, program.targets);
    program.weights[to] = weights == null ? 1 : weights[row];
  }

  /** The sum of the weights of all rows. */
  double weight() {
    if (weights == null) return rows();
    double sum = 0;
    for (int row = 0; row < rows(); row++) sum += weights[row];
    return sum;
  }

  /** Takes the features of row {@code row} into {@code moments}. */
  void measure(int row, Moments moments) {
    features.measure(row, moments);
  }

  /** A number that differs where the rows do, once they are trimmed. */
  long checksum() {
    return (long) features.checksum() << 32 | (31 * Arrays.hashCode(goals) + Arrays.hashCode(weights)) & 0xffffffffL;
  }
}
