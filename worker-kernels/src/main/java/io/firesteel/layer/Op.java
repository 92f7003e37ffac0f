package io.firesteel.layer;

/**
 * A layer bound to its shapes, parameters and scratch. One thread's. Arrays are row-major [rows, shape] and may be
 * longer than the pass needs.
 */
public interface Op {
    /** y = f(x), overwritten. */
    void forward(PassContext pass, float[] x, float[] y);

    /**
     * dx = what dy means for x, overwritten, and the parameters' gradients are added to {@code pass.grads}, or
     * overwrite it. Follows the forward of the same pass; {@code dy} may be destroyed.
     *
     * @param dx null when nobody needs it
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
