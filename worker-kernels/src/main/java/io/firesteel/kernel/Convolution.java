package io.firesteel.kernel;

import java.util.function.IntFunction;

/**
 * The convolution of one layer, planned for its sizes. One thread's.
 *
 * <p>Images are [rows, height, width, channels], the kernel {@code w [height, width, channels, filters]} and the bias
 * {@code b [filters]} lie in a flat vector at their offsets; a bias offset of -1 means there is none. What the field calls
 * convolution is the cross-correlation: the kernel is not turned.
 */
public interface Convolution {
  /** y = x * w + b, overwritten. */
  void forward(int rows, float[] x, float[] params, int w, int b, float[] y);

  /** dx = dy * rot180(w), the full correlation; overwritten. */
  void backwardData(int rows, float[] dy, float[] params, int w, float[] dx);

  /** dw += x * dy and db += the sum of dy. */
  void backwardWeights(int rows, float[] x, float[] dy, float[] grads, int w, int b);

  /** Where plans come from. */
  interface Provider {
    /** As it stands in reports: {@code im2col}. */
    String name();

    /** A plan for at most {@code maxRows} images; scratch comes from {@code floats}. */
    Convolution plan(Window window, int filters, int maxRows, IntFunction<float[]> floats);
  }
}
