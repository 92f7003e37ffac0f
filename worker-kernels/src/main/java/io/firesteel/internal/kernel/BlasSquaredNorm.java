package io.firesteel.internal.kernel;

/** Squared norms of ranges of vectors. */
public final class BlasSquaredNorm {
    private BlasSquaredNorm() {}

    /**
     * The sum of v[i]^2 over [from, to), by the BLAS in single precision: use short ranges and add the results in
     * double. Infinite if the sum exceeds a float.
     */
    public static double squares(float[] v, int from, int to) {
        return Blas.get().sdot(to - from, v, from, 1, v, from, 1);
    }
}
