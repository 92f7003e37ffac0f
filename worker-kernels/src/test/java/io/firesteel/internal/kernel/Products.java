package io.firesteel.internal.kernel;

import io.firesteel.array.Random64;
import java.util.Arrays;

/** Gemm's three products against the plain loop, each matrix a range in the middle of an array. */
final class Products {
    private static final int[][] SIZES = {{1, 1, 1}, {2, 3, 4}, {1, 7, 5}, {5, 1, 9}, {33, 18, 1}, {40, 31, 70}
    }; // m, n, k

    private Products() {}

    /** Says the first difference, or "same". */
    static String compare() {
        for (int[] size : SIZES)
            for (String kind : new String[] {"ab", "aTb", "abT"})
                for (int beta = 0; beta < 2; beta++) {
                    String difference = compare(kind, size[0], size[1], size[2], beta);
                    if (difference != null)
                        return kind + " of " + Arrays.toString(size) + ", beta " + beta + ": " + difference;
                }
        return "same";
    }

    private static String compare(String kind, int m, int n, int k, float beta) {
        Random64 random = new Random64(3, m, n, k);
        float[] a = gaussians(random, 5 + m * k + 2), b = gaussians(random, 3 + k * n + 4);
        float[] c = gaussians(random, 7 + m * n + 6), before = c.clone();
        if (beta == 0) Arrays.fill(c, 7, 7 + m * n, Float.NaN); // what stands there must not matter
        switch (kind) {
            case "ab" -> Gemm.ab(m, n, k, a, 5, b, 3, beta, c, 7);
            case "aTb" -> Gemm.aTb(m, n, k, a, 5, b, 3, beta, c, 7);
            default -> Gemm.abT(m, n, k, a, 5, b, 3, beta, c, 7);
        }
        for (int i = 0; i < c.length; i++) {
            double wanted = before[i];
            if (i >= 7 && i < 7 + m * n) {
                int row = (i - 7) / n, column = (i - 7) % n;
                wanted *= beta;
                for (int l = 0; l < k; l++)
                    wanted += (double) a[5 + (kind.equals("aTb") ? l * m + row : row * k + l)]
                            * b[3 + (kind.equals("abT") ? column * k + l : l * n + column)];
            }
            if (!(Math.abs(wanted - c[i]) <= 1e-5 * Math.max(1, Math.abs(wanted))))
                return "c[" + i + "] is " + c[i] + ", the plain loop gives " + wanted;
        }
        return null;
    }

    private static float[] gaussians(Random64 random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
        return values;
    }
}
