package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.SlidingWindow;
import java.util.Arrays;

/**
 * The patches under a sliding kernel as the columns of a matrix (im2col), and the sum of such patches back into the
 * image (col2im). One image at a time; a patch is ordered [height, width, channels], positions [outHeight, outWidth].
 */
final class Patches {
    private Patches() {}

    /** cols [patch, positions] = the patches of x, one per column, which gives long copies for few channels. */
    static void columns(SlidingWindow w, float[] x, int xAt, float[] cols) {
        int at = 0;
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

    /** dx += the sum of the patches in cols [patch, positions]: the adjoint of {@link #columns}. */
    static void addColumns(SlidingWindow w, float[] cols, float[] dx, int dxAt) {
        int at = 0, step = w.strideWidth() * w.channels();
        for (int ky = 0; ky < w.height(); ky++) {
            for (int kx = 0; kx < w.width(); kx++) {
                int from = from(w, kx), to = to(w, kx);
                for (int c = 0; c < w.channels(); c++) {
                    for (int oy = 0; oy < w.outHeight(); oy++, at += w.outWidth()) {
                        int y = oy * w.strideHeight() - w.padTop() + ky;
                        if (y < 0 || y >= w.inHeight()) continue;
                        int pixel = dxAt + (y * w.inWidth() + kx - w.padLeft()) * w.channels() + c;
                        for (int ox = from; ox < to; ox++) dx[pixel + ox * step] += cols[at + ox];
                    }
                }
            }
        }
    }

    /** One row of output positions for one element of the patch. */
    private static void line(SlidingWindow w, int kx, int row, float[] x, float[] cols, int at) {
        int step = w.strideWidth() * w.channels(), shift = kx - w.padLeft(), from = from(w, kx), to = to(w, kx);
        Arrays.fill(cols, at, at + from, 0);
        if (step == 1 && from < to) System.arraycopy(x, row + shift + from, cols, at + from, to - from);
        else
            for (int ox = from, pixel = row + shift * w.channels() + from * step; ox < to; ox++, pixel += step)
                cols[at + ox] = x[pixel];
        Arrays.fill(cols, at + to, at + w.outWidth(), 0);
    }

    /** The first output position in a row for which column {@code kx} of the kernel is inside the image. */
    private static int from(SlidingWindow w, int kx) {
        return Math.min(w.outWidth(), Math.max(0, (w.strideWidth() - 1 - kx + w.padLeft()) / w.strideWidth()));
    }

    /** One past the last such position. */
    private static int to(SlidingWindow w, int kx) {
        int budget = w.inWidth() - kx + w.padLeft() + w.strideWidth() - 1;
        return Math.max(from(w, kx), Math.min(w.outWidth(), budget / w.strideWidth()));
    }
}
