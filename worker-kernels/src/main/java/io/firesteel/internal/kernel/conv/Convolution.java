package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.SlidingWindow;

/**
 * The convolution of one layer, planned for its sizes. Not thread-safe.
 *
 * <p>Images are [rows, height, width, channels], the kernel {@code w [height, width, channels, filters]} and the bias
 * {@code b [filters]} are at their offsets in a flat vector; a bias offset of -1 means there is none. As usual in deep
 * learning, this is cross-correlation: the kernel is not flipped.
 */
public interface Convolution {
    /** y = x * w + b, overwritten. */
    void forward(int rows, float[] x, float[] params, int w, int b, float[] y);

    /**
     * dw += x * dy and db += the sum of dy; dx = dy * rot180(w), the full correlation, overwritten. Call after forward
     * with the same parameters.
     *
     * @param dx null if it is not needed
     */
    void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx);

    /** Makes planned convolutions. */
    interface Provider {
        /** The name in reports, such as {@code im2col}. */
        String name();

        /** A plan for up to {@code maxRows} images, at least 1. Results do not depend on {@code maxRows}. */
        Convolution plan(SlidingWindow window, int filters, boolean bias, int maxRows, ScratchAllocator scratch);
    }
}
