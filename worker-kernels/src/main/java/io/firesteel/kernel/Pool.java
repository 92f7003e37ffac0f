package io.firesteel.kernel;

import java.util.Arrays;

/** Maximum and mean under a sliding kernel, channel by channel. Images are [rows, height, width, channels]. */
public final class Pool {
  private Pool() {}

  /** y = the sum under the kernel divided by its area, padding counted as zeros. */
  public static void average(Window w, int rows, float[] x, float[] y) {
    Arrays.fill(y, 0, rows * w.places() * w.channels(), 0);
    float share = 1f / (w.height() * w.width());
    sweep(w, rows, (pixel, out) -> {
      for (int c = 0; c < w.channels(); c++) y[out + c] += share * x[pixel + c];
    });
  }

  /** dx = each dy spread evenly under its kernel, overwritten. */
  public static void averageBackward(Window w, int rows, float[] dy, float[] dx) {
    Arrays.fill(dx, 0, rows * w.inSize(), 0);
    float share = 1f / (w.height() * w.width());
    sweep(w, rows, (pixel, out) -> {
      for (int c = 0; c < w.channels(); c++) dx[pixel + c] += share * dy[out + c];
    });
  }

  private interface Pair {
    void visit(int pixel, int out);
  }

  /** Every pixel under the kernel at every place, as offsets of the first channel in x and y. */
  private static void sweep(Window w, int rows, Pair pair) {
    int out = 0;
    for (int r = 0; r < rows; r++) {
      for (int oy = 0; oy < w.outHeight(); oy++) {
        for (int ox = 0; ox < w.outWidth(); ox++, out += w.channels()) {
          int top = oy * w.strideHeight() - w.padTop(), left = ox * w.strideWidth() - w.padLeft();
          for (int iy = Math.max(0, top); iy < Math.min(w.inHeight(), top + w.height()); iy++)
            for (int ix = Math.max(0, left); ix < Math.min(w.inWidth(), left + w.width()); ix++)
              pair.visit(((r * w.inHeight() + iy) * w.inWidth() + ix) * w.channels(), out);
        }
      }
    }
  }
}
