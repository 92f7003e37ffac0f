package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.Scratch;
import io.firesteel.internal.kernel.SlidingWindow;

/**
 * The convolution of one layer, planned for its sizes. One thread's.
 *
 * <p>Images are [rows, height, width, channels], the kernel {@code w [height, width, channels, filters]} and the bias
 * {@code b [filters]} lie in a flat vector at their offsets; a bias offset of -1 means there is none. What the field
 * calls convolution is the cross-correlation: the kernel is not turned.
 */
public interface Convolution {
    /** y = x * w + b, overwritten. */
    void forward(int rows, float[] x, float[] params, int w, int b, float[] y);

    /**
     * dw += x * dy and db += the sum of dy; dx = dy * rot180(w), the full correlation, overwritten. Follows the forward
     * of the same parameters.
     *
     * @param dx null when nobody needs it
     */
    void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx);

    /** Where plans come from. */
    interface Provider {
        /** As it stands in reports: {@code im2col}. */
        String name();

        /** A plan for at most {@code maxRows} images, 1 or more. Bits do not depend on {@code maxRows}. */
        Convolution plan(SlidingWindow window, int filters, boolean bias, int maxRows, Scratch scratch);
    }
}
