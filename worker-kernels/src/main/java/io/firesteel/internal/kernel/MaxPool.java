package io.firesteel.internal.kernel;

import java.util.Arrays;

/**
 * The maximum under a sliding kernel, channel by channel, and its index. NaN wins, as in PyTorch; of equal values the
 * first, row by row. Images are [rows, height, width, channels]. Not thread-safe.
 *
 * <p>Without padding, whole image lines are compared with shifted and lower lines, in loops that vectorize; the output
 * positions are then picked from the result. Lines stay in the first-level cache, so comparing at every pixel of a line
 * costs less than branches at the needed ones.
 */
public final class MaxPool {
    private static final float HUGE = Float.MAX_VALUE; // HUGE * HUGE times any positive float is above 1

    private final SlidingWindow window;
    private final int[] index; // index in x of each maximum: [maxRows, output positions, channels]
    private final float[] best; // maxima of a line under the kernel
    private final float[] offset; // their distance from the kernel's corner, exact below 2^24
    private final float[] rowBest; // the same for one row of the kernel
    private final float[] rowOffset;
    private final float[] shifted; // and for one column of the kernel
    private final float[] shiftedOffset;

    public MaxPool(SlidingWindow window, int maxRows, ScratchAllocator scratch) {
        this.window = window;
        index = scratch.ints(Math.multiplyExact(maxRows, window.positions() * window.channels()));
        int line = isLineByLine() ? window.inWidth() * window.channels() : 0;
        best = scratch.floats(line);
        offset = scratch.floats(line);
        rowBest = scratch.floats(line);
        rowOffset = scratch.floats(line);
        shifted = scratch.floats(line);
        shiftedOffset = scratch.floats(line);
    }

    private boolean isLineByLine() {
        SlidingWindow w = window;
        return w.padTop() == 0
                && (w.outHeight() - 1) * w.strideHeight() + w.height() <= w.inHeight()
                && w.padLeft() == 0
                && (w.outWidth() - 1) * w.strideWidth() + w.width() <= w.inWidth()
                && (long) w.height() * w.inWidth() * w.channels() < 1 << 24;
    }

    /** y = the maxima, ignoring padding. */
    public void forward(int rows, float[] x, float[] y) {
        SlidingWindow w = window;
        int line = w.outWidth() * w.channels();
        for (int i = 0; i < rows * w.outHeight(); i++) {
            int row = i / w.outHeight(), oy = i % w.outHeight();
            if (best.length > 0) {
                int corner = (row * w.inHeight() + oy * w.strideHeight()) * w.inWidth() * w.channels();
                for (int ky = 0; ky < w.height(); ky++) line(x, corner, ky);
                pick(corner, y, i * line);
            } else {
                for (int ox = 0; ox < w.outWidth(); ox++) padded(row, oy, ox, x, y, i * line + ox * w.channels());
            }
        }
    }

    /** dx = dy at the index of each maximum, else 0; overwritten. */
    public void backward(int rows, float[] dy, float[] dx) {
        Arrays.fill(dx, 0, rows * window.inSize(), 0);
        int size = rows * window.positions() * window.channels();
        for (int i = 0; i < size; i++) dx[index[i]] += dy[i];
    }

    /** Merges row {@code ky} of the kernel, at every pixel of a line, into the maxima. */
    private void line(float[] x, int corner, int ky) {
        int channels = window.channels(), below = ky * window.inWidth() * channels, at = corner + below;
        int n = (window.inWidth() - window.width() + 1) * channels;
        float[] row = ky == 0 ? best : rowBest, rowOffset = ky == 0 ? offset : this.rowOffset;
        System.arraycopy(x, at, row, 0, n);
        Arrays.fill(rowOffset, 0, n, below);
        for (int kx = 1; kx < window.width(); kx++) {
            System.arraycopy(
                    x, at + kx * channels, shifted, 0, n); // a loop over x[at + i] does not vectorize on Java 17
            Arrays.fill(shiftedOffset, 0, n, below + kx * channels);
            larger(n, shifted, shiftedOffset, row, rowOffset);
        }
        if (ky > 0) larger(n, row, rowOffset, best, offset);
    }

    /** Replaces best and its offset where {@code other} is larger: t is 1 there, else 0. */
    private static void larger(int n, float[] other, float[] otherOffset, float[] best, float[] offset) {
        for (int i = 0; i < n; i++) {
            float max = Math.max(best[i], other[i]), t = Math.min(1f, (max - best[i]) * HUGE * HUGE);
            best[i] = max;
            offset[i] += t * (otherOffset[i] - offset[i]);
        }
    }

    /** Picks the output positions of a line; an offset of NaN, from NaN or infinite inputs, becomes the corner. */
    private void pick(int corner, float[] y, int yAt) {
        int channels = window.channels(), step = window.strideWidth() * channels;
        for (int ox = 0, from = 0, to = yAt; ox < window.outWidth(); ox++, from += step, to += channels) {
            System.arraycopy(best, from, y, to, channels);
            for (int c = 0; c < channels; c++) index[to + c] = corner + from + c + (int) offset[from + c];
        }
    }

    /** One output position of a kernel that may overlap padding. */
    private void padded(int row, int oy, int ox, float[] x, float[] y, int out) {
        SlidingWindow w = window;
        int channels = w.channels(),
                top = oy * w.strideHeight() - w.padTop(),
                left = ox * w.strideWidth() - w.padLeft();
        int bottom = Math.min(w.inHeight(), top + w.height()), right = Math.min(w.inWidth(), left + w.width());
        Arrays.fill(y, out, out + channels, Float.NEGATIVE_INFINITY);
        for (int iy = Math.max(0, top); iy < bottom; iy++) {
            for (int ix = Math.max(0, left); ix < right; ix++) {
                int pixel = ((row * w.inHeight() + iy) * w.inWidth() + ix) * channels;
                boolean first = iy == Math.max(0, top) && ix == Math.max(0, left);
                for (int c = 0; c < channels; c++) {
                    float value = x[pixel + c];
                    if (first || value > y[out + c] || Float.isNaN(value)) {
                        y[out + c] = value;
                        index[out + c] = pixel + c;
                    }
                }
            }
        }
    }
}
