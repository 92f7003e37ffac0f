package io.firesteel.op;

/**
 * A layer bound to its shapes, parameters and scratch. Not thread-safe. Arrays are row-major [rows, shape] and may be
 * longer than the pass needs.
 */
public interface Op {
    /** Stores f(x) in y. */
    void forward(PassContext pass, float[] x, float[] y);

    /**
     * Stores dL/dx in dx, and adds the parameters' gradients to {@code pass.grads}, or stores them there where
     * {@code pass.fresh}. Called after {@link #forward} with the same pass, x and y; leaves dy as it was, unless dx is
     * its array.
     *
     * @param dx null where it is not needed
     */
    void backward(PassContext pass, float[] x, float[] y, float[] dy, float[] dx);

    /** True when y may be the array of x and dx that of dy; then backward does not read x. */
    default boolean inPlace() {
        return false;
    }

    /** True when backward reads y. */
    default boolean readsOutput() {
        return false;
    }
}
