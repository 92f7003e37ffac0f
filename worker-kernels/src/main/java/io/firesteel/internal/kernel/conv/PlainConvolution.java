package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.SlidingWindow;
import java.util.Arrays;

/** The definition as loops, summed in double: the reference for the providers. */
final class PlainConvolution implements Convolution {
    private final SlidingWindow window;
    private final int filters;

    private interface Term {
        /** One product of the sum: indices of x, w and y. */
        void visit(int x, int w, int y);
    }

    PlainConvolution(SlidingWindow window, int filters) {
        this.window = window;
        this.filters = filters;
    }

    @Override
    public void forward(int rows, float[] x, float[] params, int w, int b, float[] y) {
        double[] sums = new double[rows * window.positions() * filters];
        if (b >= 0) Arrays.setAll(sums, i -> params[b + i % filters]);
        each(rows, (ix, iw, iy) -> sums[iy] += (double) x[ix] * params[w + iw]);
        for (int i = 0; i < sums.length; i++) y[i] = (float) sums[i];
    }

    @Override
    public void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx) {
        double[] dw = new double[window.patch() * filters], db = new double[filters];
        double[] sums = new double[rows * window.inSize()];
        each(rows, (ix, iw, iy) -> {
            dw[iw] += (double) x[ix] * dy[iy];
            sums[ix] += (double) params[w + iw] * dy[iy];
        });
        for (int i = 0; i < rows * window.positions() * filters; i++) db[i % filters] += dy[i];
        for (int i = 0; i < dw.length; i++) grads[w + i] += (float) dw[i];
        if (b >= 0) for (int i = 0; i < filters; i++) grads[b + i] += (float) db[i];
        if (dx != null) for (int i = 0; i < sums.length; i++) dx[i] = (float) sums[i];
    }

    private void each(int rows, Term term) {
        for (int position = 0; position < rows * window.positions(); position++) {
            int row = position / window.positions(),
                    oy = position % window.positions() / window.outWidth(),
                    ox = position % window.outWidth();
            for (int k = 0; k < window.patch(); k++) {
                int c = k % window.channels(),
                        kx = k / window.channels() % window.width(),
                        ky = k / window.channels() / window.width();
                int iy = oy * window.strideHeight() - window.padTop() + ky,
                        ix = ox * window.strideWidth() - window.padLeft() + kx;
                if (iy < 0 || iy >= window.inHeight() || ix < 0 || ix >= window.inWidth()) continue;
                int at = ((row * window.inHeight() + iy) * window.inWidth() + ix) * window.channels() + c;
                for (int f = 0; f < filters; f++) term.visit(at, k * filters + f, position * filters + f);
            }
        }
    }
}
