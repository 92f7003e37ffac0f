package io.firesteel.internal.kernel.conv;

/**
 * A linear map from a few numbers to values at the points 0, +p, -p, ..., infinity, and its adjoint; each number is an
 * array with one lane per tile and channel. At +p and -p the even powers agree and the odd ones differ in sign, so the
 * two points share the work.
 */
final class WinogradTransform {
    final int points;
    final int inputs;
    private final Sum[] sums; // the value at 0 and infinity; the even and the odd half of each pair
    private final Sum[] adjoint; // of the same, after pairs were replaced by sums and differences

    /** The non-zero entries of a row. */
    private record Sum(int[] from, float[] factors) {
        static Sum of(double[] row, int most) {
            int count = 0;
            for (double factor : row) if (factor != 0) count++;
            if (count > most) throw new IllegalArgumentException("found " + count + " terms, wanted at most " + most);
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
    WinogradTransform(double[][] rows) {
        points = rows.length;
        inputs = rows[0].length;
        sums = new Sum[points];
        adjoint = new Sum[inputs];
        double[][] halves = rows.clone();
        for (int k = 1; k < points - 1; k += 2) {
            halves[k] = half(rows[k], 0);
            halves[k + 1] = half(rows[k], 1);
        }
        for (int k = 0; k < points; k++) {
            boolean odd = k > 0 && k < points - 1 && k % 2 == 0; // added to the even half in the same loop
            sums[k] = Sum.of(halves[k], odd ? WeightedSums.TERMS - 1 : WeightedSums.TERMS);
        }
        for (int i = 0; i < inputs; i++) {
            double[] column = new double[points];
            for (int k = 0; k < points; k++) column[k] = halves[k][i];
            adjoint[i] = Sum.of(column, WeightedSums.TERMS);
        }
    }

    /** Every second entry. */
    private static double[] half(double[] row, int parity) {
        double[] half = new double[row.length];
        for (int i = parity; i < row.length; i += 2) half[i] = row[i];
        return half;
    }

    /**
     * {@code to[toAt + k toStep]} = the value at point k of {@code from[fromAt + i fromStep]}, in the first n lanes.
     */
    void apply(float[][] from, int fromAt, int fromStep, float[][] to, int toAt, int toStep, float[] half, int n) {
        sum(sums[0], from, fromAt, fromStep, to[toAt], n);
        for (int k = 1; k < points - 1; k += 2) {
            sum(sums[k], from, fromAt, fromStep, half, n);
            pair(half, sums[k + 1], from, fromAt, fromStep, to[toAt + k * toStep], to[toAt + (k + 1) * toStep], n);
        }
        sum(sums[points - 1], from, fromAt, fromStep, to[toAt + (points - 1) * toStep], n);
    }

    /** {@code to[toAt + i toStep]} = the adjoint of {@link #apply}; {@code from} is destroyed. */
    void adjoint(float[][] from, int fromAt, int fromStep, float[][] to, int toAt, int toStep, int n) {
        for (int k = 1; k < points - 1; k += 2)
            WeightedSums.butterfly(from[fromAt + k * fromStep], from[fromAt + (k + 1) * fromStep], n);
        for (int i = 0; i < inputs; i++) sum(adjoint[i], from, fromAt, fromStep, to[toAt + i * toStep], n);
    }

    private static void sum(Sum sum, float[][] from, int at, int step, float[] y, int n) {
        int[] i = sum.from;
        float[] f = sum.factors;
        float[] a = from[at + i[0] * step];
        switch (i.length) {
            case 1 -> WeightedSums.sum(f[0], a, y, n);
            case 2 -> WeightedSums.sum(f[0], a, f[1], from[at + i[1] * step], y, n);
            case 3 -> WeightedSums.sum(f[0], a, f[1], from[at + i[1] * step], f[2], from[at + i[2] * step], y, n);
            default ->
                WeightedSums.sum(
                        f[0],
                        a,
                        f[1],
                        from[at + i[1] * step],
                        f[2],
                        from[at + i[2] * step],
                        f[3],
                        from[at + i[3] * step],
                        y,
                        n);
        }
    }

    /** plus = even + odd, minus = even - odd. */
    private static void pair(
            float[] even, Sum odd, float[][] from, int at, int step, float[] plus, float[] minus, int n) {
        int[] i = odd.from;
        float[] f = odd.factors;
        float[] a = from[at + i[0] * step];
        switch (i.length) {
            case 1 -> WeightedSums.pair(even, f[0], a, plus, minus, n);
            case 2 -> WeightedSums.pair(even, f[0], a, f[1], from[at + i[1] * step], plus, minus, n);
            default ->
                WeightedSums.pair(
                        even, f[0], a, f[1], from[at + i[1] * step], f[2], from[at + i[2] * step], plus, minus, n);
        }
    }
}
