package io.firesteel.kernel;

import java.util.Arrays;

/** Maximum and mean under a sliding kernel, channel by channel. Images are [rows, height, width, channels]. */
public final class Pool {
  private Pool() {}

  /** y = the sum under the kernel divided by its area, padding counted as zeros. */
  public static void average(Window w, int rows, float[] x, float[] y) {
    int channels = w.channels(), out = 0;
    float share = 1f / (w.height() * w.width());
    Arrays.fill(y, 0, rows * w.places() * channels, 0);
    for (int r = 0; r < rows; r++) {
      for (int oy = 0; oy < w.outHeight(); oy++) {
        int top = oy * w.strideHeight() - w.padTop(), bottom = Math.min(w.inHeight(), top + w.height());
        for (int ox = 0; ox < w.outWidth(); ox++, out += channels) {
          int left = ox * w.strideWidth() - w.padLeft(), right = Math.min(w.inWidth(), left + w.width());
          for (int iy = Math.max(0, top); iy < bottom; iy++) {
            for (int ix = Math.max(0, left); ix < right; ix++) {
              int pixel = ((r * w.inHeight() + iy) * w.inWidth() + ix) * channels;
              for (int c = 0; c < channels; c++) y[out + c] += share * x[pixel + c];
            }
          }
        }
      }
    }
  }

  /** dx = each dy spread evenly under its kernel, overwritten. */
  public static void averageBackward(Window w, int rows, float[] dy, float[] dx) {
    int channels = w.channels(), out = 0;
    float share = 1f / (w.height() * w.width());
    Arrays.fill(dx, 0, rows * w.inSize(), 0);
    for (int r = 0; r < rows; r++) {
      for (int oy = 0; oy < w.outHeight(); oy++) {
        int top = oy * w.strideHeight() - w.padTop(), bottom = Math.min(w.inHeight(), top + w.height());
        for (int ox = 0; ox < w.outWidth(); ox++, out += channels) {
          int left = ox * w.strideWidth() - w.padLeft(), right = Math.min(w.inWidth(), left + w.width());
          for (int iy = Math.max(0, top); iy < bottom; iy++) {
            for (int ix = Math.max(0, left); ix < right; ix++) {
              int pixel = ((r * w.inHeight() + iy) * w.inWidth() + ix) * channels;
              for (int c = 0; c < channels; c++) dx[pixel + c] += share * dy[out + c];
            }
          }
        }
      }
    }
  }
}
