package io.firesteel.internal.kernel;

/**
 * Products of row-major matrices: {@code C = product + beta C}.
 *
 * <p>{@code C} is [m, n] and k is the inner dimension; every matrix is a contiguous range of a {@code float[]} that
 * starts at its offset. BLAS is column-major, so operands are swapped: the row-major C = A B is the column-major C' =
 * B' A'. Only this class knows that.
 */
public final class Gemm {
    private Gemm() {}

    /** C = A B + beta C, with A [m, k] and B [k, n]. */
    public static void ab(int m, int n, int k, float[] a, int aAt, float[] b, int bAt, float beta, float[] c, int cAt) {
        Blas.get().sgemm("N", "N", n, m, k, 1f, b, bAt, n, a, aAt, k, beta, c, cAt, n);
    }

    /** C = A' B + beta C, with A [k, m] and B [k, n]. */
    public static void aTb(
            int m, int n, int k, float[] a, int aAt, float[] b, int bAt, float beta, float[] c, int cAt) {
        Blas.get().sgemm("N", "T", n, m, k, 1f, b, bAt, n, a, aAt, m, beta, c, cAt, n);
    }

    /** C = A B' + beta C, with A [m, k] and B [n, k]. */
    public static void abT(
            int m, int n, int k, float[] a, int aAt, float[] b, int bAt, float beta, float[] c, int cAt) {
        Blas.get().sgemm("T", "N", n, m, k, 1f, b, bAt, k, a, aAt, k, beta, c, cAt, n);
    }
}
