package io.firesteel.internal.kernel;

/** Inner products of ranges of vectors. */
public final class SquaredNorm {
    private SquaredNorm() {}

    /**
     * The sum of v[i]^2 over [from, to), as BLAS adds it: in single precision, so take short ranges and add them up in
     * double. Infinite where the sum is beyond a float.
     */
    public static double squares(float[] v, int from, int to) {
        return Blas.get().sdot(to - from, v, from, 1, v, from, 1);
    }
}
