package io.firesteel.internal.kernel.conv;

import java.util.Arrays;

/**
 * The short correlation y = x * w of m outputs and r weights as products of values at n = m + r - 1 points, one product
 * per point (Winograd 1980; Lavin and Gray 2015): y = A' [(G w) . (B' x)].
 *
 * <p>A and G evaluate polynomials of m and r coefficients at the points; B' holds the coefficients of M(t) / (t - p),
 * where M is the product of all (t - p). The points are 0, pairs of +p and -p, and infinity.
 */
final class WinogradMatrices {
    /**
     * Errors relative to the largest output, measured: 2e-6, where pairs 1, 2 give 1e-5 and oneDNN's direct sum 1e-6.
     */
    private static final double[] SIX = {0.75, 1.5};
    /** 5e-6; a dozen other triples gave the same or more (Barabasz and others 2020 on the choice of points). */
    private static final double[] EIGHT = {1, 2, 0.5};

    final int points;
    final WinogradTransform data; // B', from a tile of x
    final WinogradTransform weights; // G
    final WinogradTransform outputs; // A, whose adjoint makes y

    WinogradMatrices(int m, int r) {
        points = m + r - 1;
        if (points != 6 && points != 8)
            throw new IllegalArgumentException(
                    "found " + points + " points for " + m + " outputs of a kernel of " + r + ", wanted 6 or 8");
        double[] p = finite(points == 6 ? SIX : EIGHT);
        double[][] b = new double[points][], g = new double[points][], a = new double[points][];
        for (int k = 0; k < points; k++) {
            double[] polynomial = {1};
            double scale = 1;
            for (int j = 0; j < p.length; j++) {
                if (j == k) continue;
                polynomial = timesRoot(polynomial, p[j]);
                if (k < p.length) scale *= p[k] - p[j];
            }
            b[k] = Arrays.copyOf(polynomial, points);
            g[k] = k < p.length ? powers(p[k], 1 / scale, r) : last(r);
            a[k] = k < p.length ? powers(p[k], 1, m) : last(m);
        }
        data = new WinogradTransform(b);
        weights = new WinogradTransform(g);
        outputs = new WinogradTransform(a);
    }

    private static double[] finite(double[] pairs) {
        double[] points = new double[2 * pairs.length + 1]; // the first is 0
        for (int i = 0; i < pairs.length; i++) {
            points[2 * i + 1] = pairs[i];
            points[2 * i + 2] = -pairs[i];
        }
        return points;
    }

    /** (t - root) times the polynomial, constant first. */
    private static double[] timesRoot(double[] polynomial, double root) {
        double[] product = new double[polynomial.length + 1];
        for (int i = 0; i < polynomial.length; i++) {
            product[i + 1] += polynomial[i];
            product[i] -= root * polynomial[i];
        }
        return product;
    }

    private static double[] powers(double point, double first, int count) {
        double[] row = new double[count];
        for (int i = 0; i < count; i++) row[i] = i == 0 ? first : row[i - 1] * point;
        return row;
    }

    /** At infinity only the leading coefficient counts. */
    private static double[] last(int count) {
        double[] row = new double[count];
        row[count - 1] = 1;
        return row;
    }
}
