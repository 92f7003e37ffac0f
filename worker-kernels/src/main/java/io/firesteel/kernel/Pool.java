package io.firesteel.kernel;

import java.util.Arrays;

/** Maximum and mean under a sliding kernel, channel by channel. Images are [rows, height, width, channels]. */
public final class Pool {
  private Pool() {}

  /** y = the maximum under the kernel, padding left out; index = where in x it stands. NaN wins, as in PyTorch. */
  public static void max(Window w, int rows, float[] x, float[] y, int[] index) {
    int channels = w.channels(), out = 0;
    for (int r = 0; r < rows; r++) {
      for (int oy = 0; oy < w.outHeight(); oy++) {
        int top = oy * w.strideHeight() - w.padTop(), bottom = Math.min(w.inHeight(), top + w.height());
        for (int ox = 0; ox < w.outWidth(); ox++, out += channels) {
          int left = ox * w.strideWidth() - w.padLeft(), right = Math.min(w.inWidth(), left + w.width());
          int first = Math.max(0, top), start = Math.max(0, left);
          int corner = ((r * w.inHeight() + first) * w.inWidth() + start) * channels;
          for (int c = 0; c < channels; c++) {
            y[out + c] = x[corner + c];
            index[out + c] = corner + c;
          }
          for (int iy = first; iy < bottom; iy++) {
            for (int ix = start; ix < right; ix++) {
              int pixel = ((r * w.inHeight() + iy) * w.inWidth() + ix) * channels;
              for (int c = 0; c < channels; c++) {
                float value = x[pixel + c];
                if (value > y[out + c] || value != value) {
                  y[out + c] = value;
                  index[out + c] = pixel + c;
                }
              }
            }
          }
        }
      }
    }
  }

  /** dx = dy sent to where each maximum stood, overwritten. */
  public static void maxBackward(Window w, int rows, float[] dy, int[] index, float[] dx) {
    Arrays.fill(dx, 0, rows * w.inSize(), 0);
    int size = rows * w.places() * w.channels();
    for (int i = 0; i < size; i++) dx[index[i]] += dy[i];
  }

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
