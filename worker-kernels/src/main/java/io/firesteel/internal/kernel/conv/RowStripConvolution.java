package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.Gemm;
import io.firesteel.internal.kernel.RowBias;
import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.SlidingWindow;
import java.util.Arrays;

/**
 * Convolution as products of row strips. A strip holds what a one-line kernel covers at every output position of a
 * line, side by side; a kernel of several lines is one product per kernel line, each over consecutive strips. So a
 * number is copied once per kernel column instead of once per kernel element, and lines in the padding cost nothing
 * (memory-efficient convolution, Cho and Brand 2017).
 *
 * <p>A few images at a time, so that strips stay in the second-level cache; the same line of all these images is
 * contiguous, which makes products long. Lines are sorted by line modulo stride, so that the lines that one kernel line
 * needs are consecutive.
 */
final class RowStripConvolution implements Convolution {
    private static final int CACHE_FLOATS = 128 * 1024; // 512 KiB

    private final SlidingWindow window;
    private final int filters;
    private final int chunk; // images at a time
    private final int[] slot; // position of each line's strip
    private final float[] strips; // [lines, images, outWidth, width * channels]
    private final float[] lines; // y or dy, [outHeight, images, outWidth, filters]

    RowStripConvolution(SlidingWindow window, int filters, int maxRows, ScratchAllocator scratch) {
        this.window = window;
        this.filters = filters;
        int strip = window.outWidth() * window.width() * window.channels();
        int positions = window.positions() * filters;
        chunk = Math.max(1, Math.min(maxRows, CACHE_FLOATS / (window.inHeight() * strip + positions)));
        slot = scratch.ints(window.inHeight());
        strips = scratch.floats(Math.multiplyExact(chunk * window.inHeight(), strip));
        lines = scratch.floats(chunk * positions);
        for (int remainder = 0, next = 0; remainder < window.strideHeight(); remainder++)
            for (int y = 0; y < window.inHeight(); y++)
                if ((y + window.padTop()) % window.strideHeight() == remainder) slot[y] = next++;
    }

    @Override
    public void forward(int rows, float[] x, float[] params, int w, int b, float[] y) {
        for (int row = 0; row < rows; row += chunk) {
            int images = Math.min(chunk, rows - row);
            cut(x, row, images);
            if (b < 0) Arrays.fill(lines, 0, images * window.positions() * filters, 0);
            else RowBias.fill(images * window.positions(), filters, params, b, lines, 0);
            for (int ky = 0; ky < window.height(); ky++)
                Gemm.ab(
                        positions(ky, images),
                        filters,
                        run(),
                        strips,
                        strip(ky, images),
                        params,
                        w(w, ky),
                        1f,
                        lines,
                        line(ky, images)); // y += strips w
            for (int i = 0; i < images; i++)
                for (int oy = 0; oy < window.outHeight(); oy++)
                    System.arraycopy(
                            lines, (oy * images + i) * out(), y, ((row + i) * window.outHeight() + oy) * out(), out());
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx) {
        if (b >= 0) RowBias.addSums(rows * window.positions(), filters, dy, 0, grads, b);
        for (int row = 0; row < rows; row += chunk) {
            int images = Math.min(chunk, rows - row);
            for (int i = 0; i < images; i++)
                for (int oy = 0; oy < window.outHeight(); oy++)
                    System.arraycopy(
                            dy, ((row + i) * window.outHeight() + oy) * out(), lines, (oy * images + i) * out(), out());
            cut(x, row, images);
            for (int ky = 0; ky < window.height(); ky++)
                Gemm.aTb(
                        run(),
                        filters,
                        positions(ky, images),
                        strips,
                        strip(ky, images),
                        lines,
                        line(ky, images),
                        1f,
                        grads,
                        w(w, ky)); // dw += strips' dy
            if (dx == null) continue;
            Arrays.fill(strips, 0, images * window.inHeight() * window.outWidth() * run(), 0);
            for (int ky = 0; ky < window.height(); ky++)
                Gemm.abT(
                        positions(ky, images),
                        run(),
                        filters,
                        lines,
                        line(ky, images),
                        params,
                        w(w, ky),
                        1f,
                        strips,
                        strip(ky, images)); // dstrips += dy w'
            Arrays.fill(dx, row * window.inSize(), (row + images) * window.inSize(), 0);
            addStrips(dx, row, images);
        }
    }

    /** The number of floats in one line of a patch. */
    private int run() {
        return window.width() * window.channels();
    }

    /** The number of floats in one line of the output. */
    private int out() {
        return window.outWidth() * filters;
    }

    /** The offset of line {@code ky} of the kernel. */
    private int w(int w, int ky) {
        return w + ky * run() * filters;
    }

    /** The first output line for which line {@code ky} of the kernel is inside the image. */
    private int from(int ky) {
        return Math.max(0, -Math.floorDiv(ky - window.padTop(), window.strideHeight()));
    }

    /** Output positions, in all images, for which line {@code ky} of the kernel is inside the image. */
    private int positions(int ky, int images) {
        int to = Math.floorDiv(window.padTop() + window.inHeight() - 1 - ky, window.strideHeight()) + 1;
        return Math.max(0, Math.min(window.outHeight(), to) - from(ky)) * images * window.outWidth();
    }

    private int line(int ky, int images) {
        return from(ky) * images * out();
    }

    private int strip(int ky, int images) {
        int y = Math.min(window.inHeight() - 1, from(ky) * window.strideHeight() + ky - window.padTop());
        return slot[y] * images * window.outWidth() * run();
    }

    /** strips = the strips of {@code images} images of x. */
    private void cut(float[] x, int row, int images) {
        int channels = window.channels();
        for (int y = 0; y < window.inHeight(); y++) {
            for (int i = 0, at = slot[y] * images * window.outWidth() * run(); i < images; i++) {
                int line = ((row + i) * window.inHeight() + y) * window.inWidth();
                for (int ox = 0; ox < window.outWidth(); ox++, at += run()) {
                    int left = ox * window.strideWidth() - window.padLeft(), from = first(left), to = last(left);
                    Arrays.fill(strips, at, at + from * channels, 0);
                    if (from < to)
                        System.arraycopy(
                                x,
                                (line + left + from) * channels,
                                strips,
                                at + from * channels,
                                (to - from) * channels);
                    Arrays.fill(strips, at + to * channels, at + run(), 0);
                }
            }
        }
    }

    /** dx += the strips: the adjoint of {@link #cut}. */
    private void addStrips(float[] dx, int row, int images) {
        int channels = window.channels();
        for (int y = 0; y < window.inHeight(); y++) {
            for (int i = 0, at = slot[y] * images * window.outWidth() * run(); i < images; i++) {
                int line = ((row + i) * window.inHeight() + y) * window.inWidth();
                for (int ox = 0; ox < window.outWidth(); ox++, at += run()) {
                    int left = ox * window.strideWidth() - window.padLeft(), pixel = (line + left) * channels;
                    int to = last(left) * channels;
                    for (int k = first(left) * channels; k < to; k++) dx[pixel + k] += strips[at + k];
                }
            }
        }
    }

    /** The first column of the kernel that is inside the image if its corner is at {@code left}. */
    private int first(int left) {
        return Math.min(window.width(), Math.max(0, -left));
    }

    /** One past the last such column. */
    private int last(int left) {
        return Math.max(first(left), Math.min(window.width(), window.inWidth() - left));
    }
}
