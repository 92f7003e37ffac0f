package io.firesteel.kernel;

/**
 * A linear map from a few numbers to values at the points 0, +p, -p, ..., infinity, and its adjoint; each number is an array, a lane
 * for every tile and channel.
 *
 * <p>At +p and -p the even powers agree and the odd ones differ in sign, so a pair shares the work. The loops are short on purpose:
 * the virtual machine makes vectors of a loop over whole arrays with at most four loads, and of no loop with offsets that differ.
 */
final class PointMap {
  private static final int MOST = 4; // loads in a loop

  final int points;
  final int inputs;
  private final Sum[] even; // at 0, the even half of each pair, at infinity; null between
  private final Sum[] odd; // the odd half of each pair, where the pair starts
  private final Sum[] adjoint; // of the values after sums and differences of pairs

  /** The entries of a row that are not zero. */
  private record Sum(int[] from, float[] factors) {
    static Sum of(double[] row) {
      int count = 0;
      for (double factor : row) if (factor != 0) count++;
      if (count > MOST) throw new IllegalArgumentException("found " + count + " terms, wanted at most " + MOST);
      int[] from = new int[count];
      float[] factors = new float[count];
      for (int i = 0, n = 0; i < row.length; i++) {
        if (row[i] == 0) continue;
        from[n] = i;
        factors[n++] = (float) row[i];
      }
      return new Sum(from, factors);
    }
  }

  /** {@code rows[k]} gives the value at point k. */
  PointMap(double[][] rows) {
    points = rows.length;
    inputs = rows[0].length;
    even = new Sum[points];
    odd = new Sum[points];
    adjoint = new Sum[inputs];
    double[][] halves = new double[points][];
    for (int k = 0; k < points; k++) {
      boolean pair = k > 0 && k < points - 1;
      if (!pair) even[k] = Sum.of(halves[k] = rows[k]);
      else if (k % 2 == 1) {
        even[k] = Sum.of(halves[k] = half(rows[k], 0));
        odd[k] = Sum.of(halves[k + 1] = half(rows[k], 1));
      }
    }
    for (int i = 0; i < inputs; i++) {
      double[] column = new double[points];
      for (int k = 0; k < points; k++) column[k] = halves[k][i];
      adjoint[i] = Sum.of(column);
    }
  }

  private static double[] half(double[] row, int parity) {
    double[] half = new double[row.length];
    for (int i = parity; i < row.length; i += 2) half[i] = row[i];
    return half;
  }

  /** {@code to[toAt + k toStep]} = the value at point k of {@code from[fromAt + i fromStep]}, in the first n lanes. */
  void apply(float[][] from, int fromAt, int fromStep, float[][] to, int toAt, int toStep, float[] half, int n) {
    sum(even[0], from, fromAt, fromStep, to[toAt], n);
    for (int k = 1; k < points - 1; k += 2) {
      sum(even[k], from, fromAt, fromStep, half, n);
      pair(half, odd[k], from, fromAt, fromStep, to[toAt + k * toStep], to[toAt + (k + 1) * toStep], n);
    }
    sum(even[points - 1], from, fromAt, fromStep, to[toAt + (points - 1) * toStep], n);
  }

  /** {@code to[toAt + i toStep]} = the adjoint of {@link #apply}; {@code from} is destroyed. */
  void adjoint(float[][] from, int fromAt, int fromStep, float[][] to, int toAt, int toStep, int n) {
    for (int k = 1; k < points - 1; k += 2)
      butterfly(from[fromAt + k * fromStep], from[fromAt + (k + 1) * fromStep], n);
    for (int i = 0; i < inputs; i++) sum(adjoint[i], from, fromAt, fromStep, to[toAt + i * toStep], n);
  }

  private static void sum(Sum sum, float[][] from, int at, int step, float[] y, int n) {
    int[] i = sum.from;
    float[] f = sum.factors;
    float[] a = from[at + i[0] * step];
    switch (i.length) {
      case 1 -> sum(f[0], a, y, n);
      case 2 -> sum(f[0], a, f[1], from[at + i[1] * step], y, n);
      case 3 -> sum(f[0], a, f[1], from[at + i[1] * step], f[2], from[at + i[2] * step], y, n);
      default -> sum(f[0], a, f[1], from[at + i[1] * step], f[2], from[at + i[2] * step], f[3], from[at + i[3] * step],
          y, n);
    }
  }

  /** plus = even + odd, minus = even - odd. */
  private static void pair(float[] even, Sum odd, float[][] from, int at, int step, float[] plus, float[] minus,
      int n) {
    int[] i = odd.from;
    float[] f = odd.factors;
    float[] a = from[at + i[0] * step];
    switch (i.length) {
      case 1 -> pair(even, f[0], a, plus, minus, n);
      case 2 -> pair(even, f[0], a, f[1], from[at + i[1] * step], plus, minus, n);
      default -> pair(even, f[0], a, f[1], from[at + i[1] * step], f[2], from[at + i[2] * step], plus, minus, n);
    }
  }

  private static void butterfly(float[] a, float[] b, int n) {
    for (int l = 0; l < n; l++) {
      float sum = a[l] + b[l], difference = a[l] - b[l];
      a[l] = sum;
      b[l] = difference;
    }
  }

  private static void sum(float f, float[] a, float[] y, int n) {
    for (int l = 0; l < n; l++) y[l] = f * a[l];
  }

  private static void sum(float f, float[] a, float g, float[] b, float[] y, int n) {
    for (int l = 0; l < n; l++) y[l] = f * a[l] + g * b[l];
  }

  private static void sum(float f, float[] a, float g, float[] b, float h, float[] c, float[] y, int n) {
    for (int l = 0; l < n; l++) y[l] = f * a[l] + g * b[l] + h * c[l];
  }

  private static void sum(float f, float[] a, float g, float[] b, float h, float[] c, float i, float[] d, float[] y,
      int n) {
    for (int l = 0; l < n; l++) y[l] = f * a[l] + g * b[l] + h * c[l] + i * d[l];
  }

  private static void pair(float[] even, float f, float[] a, float[] plus, float[] minus, int n) {
    for (int l = 0; l < n; l++) {
      float odd = f * a[l], both = even[l];
      plus[l] = both + odd;
      minus[l] = both - odd;
    }
  }

  private static void pair(float[] even, float f, float[] a, float g, float[] b, float[] plus, float[] minus, int n) {
    for (int l = 0; l < n; l++) {
      float odd = f * a[l] + g * b[l], both = even[l];
      plus[l] = both + odd;
      minus[l] = both - odd;
    }
  }

  private static void pair(float[] even, float f, float[] a, float g, float[] b, float h, float[] c, float[] plus,
      float[] minus, int n) {
    for (int l = 0; l < n; l++) {
      float odd = f * a[l] + g * b[l] + h * c[l], both = even[l];
      plus[l] = both + odd;
      minus[l] = both - odd;
    }
  }
}
