package io.firesteel.optim;

import java.util.Arrays;

/**
 * How the mean gradient is bounded before the optimizer's step. A new way is one file and one word in {@code permits}.
 */
public sealed interface Clipping permits ClipByValue, ClipByNorm, ClipByGlobalNorm {

    /** The largest magnitude that a number keeps. */
    default double bound() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * The factor of every tensor's gradient.
     *
     * @param norms the norm of each tensor's mean gradient
     */
    default double[] factors(double[] norms) {
        double[] factors = new double[norms.length];
        Arrays.fill(factors, 1);
        return factors;
    }

    /** Throws unless {@code value} is above 0. */
    static void requirePositive(String name, double value) {
        if (!(value > 0)) throw new IllegalArgumentException(name + " is above 0, got " + value);
    }
}
