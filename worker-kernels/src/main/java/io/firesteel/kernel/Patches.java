package io.firesteel.kernel;

import java.util.Arrays;

/**
 * The patches under a sliding kernel as rows or columns of a matrix (im2col), and the sum of such patches back into the image
 * (col2im). One image at a time; a patch is ordered [height, width, channels], places [outHeight, outWidth].
 */
final class Patches {
  private Patches() {}

  /** cols [places, patch] = the patches of x; runs of width * channels floats are copied whole. */
  static void rows(Window w, float[] x, int xAt, float[] cols, int colsAt) {
    int at = colsAt, run = w.width() * w.channels();
    for (int oy = 0; oy < w.outHeight(); oy++) {
      for (int ox = 0; ox < w.outWidth(); ox++) {
        int left = ox * w.strideWidth() - w.padLeft();
        int from = Math.min(w.width(), Math.max(0, -left)) * w.channels();
        int to = Math.max(from, Math.min(w.width(), w.inWidth() - left) * w.channels()); // from = to: padding alone
        for (int ky = 0; ky < w.height(); ky++, at += run) {
          int y = oy * w.strideHeight() - w.padTop() + ky;
          if (y < 0 || y >= w.inHeight()) {
            Arrays.fill(cols, at, at + run, 0);
            continue;
          }
          Arrays.fill(cols, at, at + from, 0);
          if (from < to)
            System.arraycopy(x, xAt + (y * w.inWidth() + left) * w.channels() + from, cols, at + from, to - from);
          Arrays.fill(cols, at + to, at + run, 0);
        }
      }
    }
  }

  /** dx += the sum of the patches in cols [places, patch]: the adjoint of {@link #rows}. */
  static void addRows(Window w, float[] cols, int colsAt, float[] dx, int dxAt) {
    int at = colsAt, run = w.width() * w.channels();
    for (int oy = 0; oy < w.outHeight(); oy++) {
      for (int ox = 0; ox < w.outWidth(); ox++) {
        int left = ox * w.strideWidth() - w.padLeft();
        int from = Math.max(0, -left) * w.channels(), to = Math.min(w.width(), w.inWidth() - left) * w.channels();
        for (int ky = 0; ky < w.height(); ky++, at += run) {
          int y = oy * w.strideHeight() - w.padTop() + ky;
          if (y < 0 || y >= w.inHeight()) continue;
          int pixel = dxAt + (y * w.inWidth() + left) * w.channels();
          for (int i = from; i < to; i++) dx[pixel + i] += cols[at + i];
        }
      }
    }
  }

  /** cols [patch, places] = the patches of x, a column each: long runs where there are few channels. */
  static void columns(Window w, float[] x, int xAt, float[] cols, int colsAt) {
    int at = colsAt;
    for (int ky = 0; ky < w.height(); ky++) {
      for (int kx = 0; kx < w.width(); kx++) {
        for (int c = 0; c < w.channels(); c++) {
          for (int oy = 0; oy < w.outHeight(); oy++, at += w.outWidth()) {
            int y = oy * w.strideHeight() - w.padTop() + ky;
            if (y < 0 || y >= w.inHeight()) Arrays.fill(cols, at, at + w.outWidth(), 0);
            else line(w, kx, xAt + y * w.inWidth() * w.channels() + c, x, cols, at);
          }
        }
      }
    }
  }

  /** One row of places for one number of the patch. */
  private static void line(Window w, int kx, int row, float[] x, float[] cols, int at) {
    int step = w.strideWidth() * w.channels(), shift = kx - w.padLeft();
    int from = Math.min(w.outWidth(), Math.max(0, (w.strideWidth() - 1 - shift) / w.strideWidth()));
    int to = Math.max(from, Math.min(w.outWidth(), (w.inWidth() - shift + w.strideWidth() - 1) / w.strideWidth()));
    Arrays.fill(cols, at, at + from, 0);
    if (step == 1 && from < to) System.arraycopy(x, row + shift + from, cols, at + from, to - from);
    else
      for (int ox = from, pixel = row + shift * w.channels() + from * step; ox < to; ox++, pixel += step)
        cols[at + ox] = x[pixel];
    Arrays.fill(cols, at + to, at + w.outWidth(), 0);
  }
}
