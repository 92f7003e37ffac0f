package io.firesteel.internal.kernel;

import java.util.Arrays;

/** The mean under a sliding kernel, channel by channel. Images are [rows, height, width, channels]. */
public final class AveragePool {
    private AveragePool() {}

    /** y = the sum under the kernel divided by its area, padding counted as zeros. */
    public static void average(SlidingWindow w, int rows, float[] x, float[] y) {
        spread(w, rows, x, y, true);
    }

    /** dx = each dy divided evenly among the pixels under its kernel, overwritten. */
    public static void averageBackward(SlidingWindow w, int rows, float[] dy, float[] dx) {
        spread(w, rows, dx, dy, false);
    }

    /** For every pixel under the kernel at every output position: y += factor x, or x += factor y. */
    private static void spread(SlidingWindow w, int rows, float[] x, float[] y, boolean toY) {
        Arrays.fill(toY ? y : x, 0, toY ? rows * w.positions() * w.channels() : rows * w.inSize(), 0);
        int out = 0, channels = w.channels();
        float share = 1f / (w.height() * w.width());
        for (int r = 0; r < rows; r++) {
            for (int oy = 0; oy < w.outHeight(); oy++) {
                for (int ox = 0; ox < w.outWidth(); ox++, out += channels) {
                    int top = oy * w.strideHeight() - w.padTop(), left = ox * w.strideWidth() - w.padLeft();
                    int bottom = Math.min(w.inHeight(), top + w.height()),
                            right = Math.min(w.inWidth(), left + w.width());
                    for (int iy = Math.max(0, top); iy < bottom; iy++) {
                        for (int ix = Math.max(0, left); ix < right; ix++) {
                            int pixel = ((r * w.inHeight() + iy) * w.inWidth() + ix) * channels;
                            if (toY) for (int c = 0; c < channels; c++) y[out + c] += share * x[pixel + c];
                            else for (int c = 0; c < channels; c++) x[pixel + c] += share * y[out + c];
                        }
                    }
                }
            }
        }
    }
}
