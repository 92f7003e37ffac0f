package io.firesteel.array;

/** Loops over ranges of flat vectors. */
public final class Floats {
  private Floats() {}

  /** sum[i] += part[i] for i in [from, to). */
  public static void add(float[] part, float[] sum, int from, int to) {
    for (int i = from; i < to; i++) sum[i] += part[i];
  }

  /** v[i] /= divisor for i in [from, to). */
  public static void divide(float[] v, float divisor, int from, int to) {
    for (int i = from; i < to; i++) v[i] /= divisor;
  }

  /** v[i] *= factor for i in [from, to). */
  public static void scale(float[] v, float factor, int from, int to) {
    for (int i = from; i < to; i++) v[i] *= factor;
  }

  /** The first index in [from, to) whose value is NaN or infinite, or -1. */
  public static int firstNonFinite(float[] v, int from, int to) {
    float zero = 0;
    for (int i = from; i < to; i++) zero += v[i] * 0f; // NaN as soon as one value is not finite
    if (zero == 0) return -1;
    for (int i = from; i < to; i++) if (!Float.isFinite(v[i])) return i;
    return -1;
  }
}
