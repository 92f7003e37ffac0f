package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.Scratch;
import io.firesteel.internal.kernel.SlidingWindow;

/**
 * {@link WinogradConvolution} for the shapes that gain from it, another provider for the rest. Shapes alone decide, so
 * that no two machines differ.
 *
 * <p>What counts is the products saved for every number that is taken to points and back. Measured as times faster than
 * oneDNN and im2col, forward and backward: 0.6 and 1.1 at 24, 0.95 and 1.4 at 28, 1.0 to 1.2 and 1.5 to 1.8 at 48, 1.7
 * and 2.2 from 80 on. With fewer than 64 places the weights are too much of the work; with 64, a pass of 4 rows over
 * 256 channels and filters takes 1.6 times oneDNN's time, one of 8 rows the same, one of 64 rows 0.64.
 */
record WinogradProvider(Convolution.Provider other) implements Convolution.Provider {
    private static final int PLACES = 64;
    private static final int SAVED = 40;

    @Override
    public String name() {
        return other.name() + " + winograd";
    }

    @Override
    public Convolution plan(SlidingWindow window, int filters, boolean bias, int maxRows, Scratch scratch) {
        return gains(window, filters)
                ? new WinogradConvolution(window, filters, maxRows, scratch)
                : other.plan(window, filters, bias, maxRows, scratch);
    }

    private static boolean gains(SlidingWindow w, int filters) {
        int side = w.height(), points = WinogradConvolution.STEP + side - 1;
        if (side != w.width() || side != 3 && side != 5 || w.strideHeight() != 1 || w.strideWidth() != 1) return false;
        double direct = (double) side * side * w.positions(); // products a channel and filter
        double here = (double) points * points * TileGrid.count(w, WinogradConvolution.STEP);
        double saved = (direct / here - 1) * w.channels() * filters / (w.channels() + filters);
        return w.positions() >= PLACES && saved >= SAVED;
    }
}
