package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.Gemm;
import io.firesteel.internal.kernel.RowBias;
import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.SlidingWindow;
import java.util.Arrays;

/**
 * Convolution as products of patches (im2col and GEMM), for kernels whose patches are cheap: few channels, or a 1x1
 * kernel, whose patches are the images themselves. {@link RowStripConvolution} does the others.
 */
final class Im2colConvolution implements Convolution {
    private static final int FEW_CHANNELS = 4;

    private final SlidingWindow window;
    private final int filters;
    private final float[] cols; // [patch, positions] of one image; null for a 1x1 kernel

    private Im2colConvolution(SlidingWindow window, int filters, float[] cols) {
        this.window = window;
        this.filters = filters;
        this.cols = cols;
    }

    static final Provider PROVIDER = new Provider() {
        @Override
        public String name() {
            return "im2col";
        }

        @Override
        public Convolution plan(
                SlidingWindow window, int filters, boolean bias, int maxRows, ScratchAllocator scratch) {
            if (window.isPointwise()) return new Im2colConvolution(window, filters, null);
            if (window.channels() > FEW_CHANNELS) return new RowStripConvolution(window, filters, maxRows, scratch);
            return new Im2colConvolution(
                    window, filters, scratch.floats(Math.multiplyExact(window.positions(), window.patch())));
        }
    };

    @Override
    public void forward(int rows, float[] x, float[] params, int w, int b, float[] y) {
        int positions = window.positions(), patch = window.patch();
        if (b < 0) Arrays.fill(y, 0, rows * positions * filters, 0);
        else RowBias.fill(rows * positions, filters, params, b, y, 0);
        if (cols == null) {
            Gemm.ab(rows * positions, filters, patch, x, 0, params, w, 1f, y, 0); // y += x w
            return;
        }
        for (int row = 0; row < rows; row++) {
            Patches.columns(window, x, row * window.inSize(), cols);
            Gemm.aTb(positions, filters, patch, cols, 0, params, w, 1f, y, row * positions * filters); // y += cols' w
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx) {
        int positions = window.positions(), patch = window.patch();
        if (b >= 0) RowBias.addSums(rows * positions, filters, dy, 0, grads, b);
        if (cols == null) {
            Gemm.aTb(patch, filters, rows * positions, x, 0, dy, 0, 1f, grads, w); // dw += x' dy
            if (dx != null) Gemm.abT(rows * positions, patch, filters, dy, 0, params, w, 0f, dx, 0); // dx = dy w'
            return;
        }
        if (dx != null) Arrays.fill(dx, 0, rows * window.inSize(), 0);
        for (int row = 0; row < rows; row++) {
            int dyAt = row * positions * filters;
            Patches.columns(window, x, row * window.inSize(), cols);
            Gemm.ab(patch, filters, positions, cols, 0, dy, dyAt, 1f, grads, w); // dw += cols dy
            if (dx == null) continue;
            Gemm.abT(patch, positions, filters, params, w, dy, dyAt, 0f, cols, 0); // dcols = w dy'
            Patches.addColumns(window, cols, dx, row * window.inSize());
        }
    }
}
