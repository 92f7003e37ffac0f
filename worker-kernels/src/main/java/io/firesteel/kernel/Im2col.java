package io.firesteel.kernel;

import java.util.Arrays;

/**
 * Convolution as products of patches, a few images at a time so that the patches stay in the second-level cache. One to four
 * channels take patches as columns, since their runs are short; a pointwise kernel needs no patches.
 */
final class Im2col implements Convolution {
  private static final int CACHE_FLOATS = 128 * 1024; // 512 KiB, measured best from 1 to 64 images
  private static final int FEW_CHANNELS = 4;

  private final Window window;
  private final int filters;
  private final int chunk; // images at a time
  private final float[] cols; // [chunk * places, patch] or [patch, places]

  private Im2col(Window window, int filters, int chunk, float[] cols) {
    this.window = window;
    this.filters = filters;
    this.chunk = chunk;
    this.cols = cols;
  }

  static final Provider PROVIDER = new Provider() {
    @Override public String name() { return "im2col"; }

    @Override public Convolution plan(Window window, int filters, boolean bias, int maxRows, Scratch scratch) {
      if (window.isPointwise()) return new Im2col(window, filters, maxRows, null);
      int image = window.places() * window.patch();
      int chunk = window.channels() <= FEW_CHANNELS ? 1 : Math.max(1, Math.min(maxRows, CACHE_FLOATS / image));
      return new Im2col(window, filters, chunk, scratch.floats(chunk * image));
    }
  };

  @Override public void forward(int rows, float[] x, float[] params, int w, int b, float[] y) {
    int places = window.places(), patch = window.patch();
    if (b < 0) Arrays.fill(y, 0, rows * places * filters, 0);
    else Columns.fill(rows * places, filters, params, b, y, 0);
    for (int row = 0; row < rows; row += chunk) {
      int m = Math.min(chunk, rows - row) * places, yAt = row * places * filters;
      if (cols == null) Gemm.ab(m, filters, patch, x, row * window.inSize(), params, w, 1f, y, yAt);
      else if (asColumns()) Gemm.aTb(m, filters, patch, patches(row, 1, x), 0, params, w, 1f, y, yAt);
      else Gemm.ab(m, filters, patch, patches(row, m / places, x), 0, params, w, 1f, y, yAt); // y += cols w
    }
  }

  @Override public void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b,
      float[] dx) {
    backwardWeights(rows, x, dy, grads, w, b);
    if (dx != null) backwardData(rows, dy, params, w, dx);
  }

  private void backwardData(int rows, float[] dy, float[] params, int w, float[] dx) {
    int places = window.places(), patch = window.patch();
    if (cols == null) {
      Gemm.abT(rows * places, patch, filters, dy, 0, params, w, 0f, dx, 0);
      return;
    }
    Arrays.fill(dx, 0, rows * window.inSize(), 0);
    for (int row = 0; row < rows; row += chunk) {
      int images = Math.min(chunk, rows - row);
      Gemm.abT(images * places, patch, filters, dy, row * places * filters, params, w, 0f, cols, 0); // dcols = dy w'
      for (int i = 0; i < images; i++)
        Patches.addRows(window, cols, i * places * patch, dx, (row + i) * window.inSize());
    }
  }

  private void backwardWeights(int rows, float[] x, float[] dy, float[] grads, int w, int b) {
    int places = window.places(), patch = window.patch();
    if (b >= 0) Columns.addSums(rows * places, filters, dy, 0, grads, b);
    for (int row = 0; row < rows; row += chunk) {
      int m = Math.min(chunk, rows - row) * places, dyAt = row * places * filters;
      if (cols == null) Gemm.aTb(patch, filters, m, x, row * window.inSize(), dy, dyAt, 1f, grads, w);
      else if (asColumns()) Gemm.ab(patch, filters, m, patches(row, 1, x), 0, dy, dyAt, 1f, grads, w);
      else Gemm.aTb(patch, filters, m, patches(row, m / places, x), 0, dy, dyAt, 1f, grads, w); // dw += cols' dy
    }
  }

  private boolean asColumns() { return window.channels() <= FEW_CHANNELS; }

  private float[] patches(int row, int images, float[] x) {
    int size = window.places() * window.patch();
    for (int i = 0; i < images; i++) {
      int xAt = (row + i) * window.inSize();
      if (asColumns()) Patches.columns(window, x, xAt, cols, i * size);
      else Patches.rows(window, x, xAt, cols, i * size);
    }
    return cols;
  }
}
