package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.SlidingWindow;

/**
 * Uses {@link WinogradConvolution} for the shapes that gain from it, and another provider for the rest. Only shapes
 * decide, so that all machines agree.
 *
 * <p>The criterion is the number of multiplications saved per transformed number. Measured speed relative to oneDNN and
 * to im2col, forward and backward together:
 *
 * <pre>
 * saved   vs oneDNN   vs im2col
 *    24   0.6         1.1
 *    28   0.95        1.4
 *    48   1.0 to 1.2  1.5 to 1.8
 *   80+   1.7         2.2
 * </pre>
 *
 * <p>With fewer than 64 output positions, transforming the weights is too much of the work. With 64, 256 channels and
 * 256 filters, a pass of 4 rows takes 1.6 times oneDNN's time, one of 8 rows the same, one of 64 rows 0.64.
 */
record WinogradProvider(Convolution.Provider other) implements Convolution.Provider {
    private static final int PLACES = 64;
    private static final int SAVED = 40;

    @Override
    public String name() {
        return other.name() + " + winograd";
    }

    @Override
    public Convolution plan(SlidingWindow window, int filters, boolean bias, int maxRows, ScratchAllocator scratch) {
        return gains(window, filters)
                ? new WinogradConvolution(window, filters, maxRows, scratch)
                : other.plan(window, filters, bias, maxRows, scratch);
    }

    private static boolean gains(SlidingWindow w, int filters) {
        int side = w.height(), points = WinogradConvolution.STEP + side - 1;
        if (side != w.width() || side != 3 && side != 5 || w.strideHeight() != 1 || w.strideWidth() != 1) return false;
        double direct = (double) side * side * w.positions(); // multiplications per channel and filter
        double here = (double) points * points * TileGrid.count(w, WinogradConvolution.STEP);
        double saved = (direct / here - 1) * w.channels() * filters / (w.channels() + filters);
        return w.positions() >= PLACES && saved >= SAVED;
    }
}
