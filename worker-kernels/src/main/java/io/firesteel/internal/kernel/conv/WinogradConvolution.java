package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.Gemm;
import io.firesteel.internal.kernel.RowBias;
import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.SlidingWindow;
import java.util.Arrays;

/**
 * Winograd convolution of 3x3 and 5x5 kernels in tiles of 4x4 outputs: x and w are transformed to 6x6 or 8x8 points,
 * where a tile needs one multiplication per point, channel and filter: 2.25 or 4 per output instead of 9 or 25 (Lavin
 * and Gray 2015). For all channels and many tiles this is one matrix product per point, Y = X W.
 *
 * <p>Backward is the adjoint, step by step: dY from dy; dW += X' dY; dX = dY W'; dx from dX. So dy is transformed once.
 */
final class WinogradConvolution implements Convolution {
    static final int STEP = 4; // output pixels per tile side
    private static final int TILES = 64; // per product: its matrices stay in the second-level cache
    private static final int LINE = 16; // floats of a cache line
    private static final int GAP = 16; // floats between points, to avoid cache-set conflicts

    private final SlidingWindow window;
    private final int filters;
    private final int tiles; // per image
    private final int chunk; // tiles at a time
    private final int points;
    private final WinogradMatrices maps;
    private final TileLanes cells;
    private final TileGrid in;
    private final TileGrid out;
    private final int xStride; // floats from point to point
    private final int yStride;
    private final float[] x; // or dx, [points, chunk, channels]
    private final float[] y; // or dy, [points, chunk, filters]
    private final float[] w; // or dw, [points, channels, filters]
    private final float[] transposed; // w' [points, filters, channels]

    WinogradConvolution(SlidingWindow window, int filters, int maxRows, ScratchAllocator scratch) {
        this.window = window;
        this.filters = filters;
        maps = new WinogradMatrices(STEP, window.height());
        points = maps.points * maps.points;
        cells = new TileLanes(maps.points, Math.max(window.channels(), filters), scratch);
        in = TileGrid.in(window, STEP, maps.data, cells);
        out = TileGrid.out(window, filters, STEP, maps.outputs, cells);
        tiles = TileGrid.count(window, STEP);
        chunk = (int) Math.min(TILES, (long) maxRows * tiles);
        xStride = chunk * window.channels() + GAP;
        yStride = chunk * filters + GAP;
        x = scratch.floats(Math.multiplyExact(points, xStride));
        y = scratch.floats(Math.multiplyExact(points, yStride));
        w = scratch.floats(Math.multiplyExact(points, size()));
        transposed = scratch.floats(w.length);
    }

    @Override
    public void forward(int rows, float[] images, float[] params, int wAt, int b, float[] positions) {
        int channels = window.channels();
        if (b < 0) Arrays.fill(positions, 0, rows * window.positions() * filters, 0);
        else RowBias.fill(rows * window.positions(), filters, params, b, positions, 0);
        weights(params, wAt, w);
        for (int first = 0; first < rows * tiles; first += chunk) {
            int count = Math.min(chunk, rows * tiles - first);
            in.toPoints(images, first, count, x, xStride);
            for (int k = 0; k < points; k++)
                Gemm.ab(count, filters, channels, x, k * xStride, w, k * size(), 0f, y, k * yStride); // Y = X W
            out.addFromPoints(y, yStride, first, count, positions);
        }
    }

    @Override
    public void backward(
            int rows, float[] images, float[] dPlaces, float[] params, float[] grads, int wAt, int b, float[] dImages) {
        int channels = window.channels();
        if (b >= 0) RowBias.addSums(rows * window.positions(), filters, dPlaces, 0, grads, b);
        if (dImages != null) {
            turn(params, wAt, w);
            weights(w, 0, transposed);
            Arrays.fill(dImages, 0, rows * window.inSize(), 0);
        }
        for (int first = 0; first < rows * tiles; first += chunk) {
            int count = Math.min(chunk, rows * tiles - first);
            float beta = first == 0 ? 0 : 1;
            in.toPoints(images, first, count, x, xStride);
            out.toPoints(dPlaces, first, count, y, yStride);
            for (int k = 0; k < points; k++)
                Gemm.aTb(channels, filters, count, x, k * xStride, y, k * yStride, beta, w, k * size()); // dW += X' dY
            if (dImages == null) continue;
            for (int k = 0; k < points; k++)
                Gemm.ab(
                        count,
                        channels,
                        filters,
                        y,
                        k * yStride,
                        transposed,
                        k * size(),
                        0f,
                        x,
                        k * xStride); // dX = dY W'
            in.addFromPoints(x, xStride, first, count, dImages);
        }
        if (rows > 0) addWeights(grads, wAt);
    }

    /** The number of weights per point. */
    private int size() {
        return window.channels() * filters;
    }

    /** Transforms the weights of {@code from} to all points. */
    private void weights(float[] from, int at, float[] values) {
        for (int first = 0; first < size(); first += cells.lanes) {
            int n = Math.min(cells.lanes, size() - first);
            for (int ky = 0; ky < window.height(); ky++)
                for (int kx = 0; kx < window.width(); kx++)
                    System.arraycopy(from, at(at, ky, kx) + first, cells.at[ky * cells.side + kx], 0, n);
            cells.toPoints(maps.weights, n);
            cells.store(values, first, size(), n);
        }
    }

    /**
     * The weights, each matrix transposed: OpenBLAS multiplies by a stored matrix 1.4 times as fast as by its
     * transpose.
     */
    private void turn(float[] params, int at, float[] to) {
        int channels = window.channels();
        for (int k = 0; k < window.height() * window.width(); k++)
            for (int from = 0; from < filters; from += LINE) {
                int end = Math.min(filters, from + LINE);
                for (int c = 0; c < channels; c++)
                    for (int f = from; f < end; f++)
                        to[k * size() + f * channels + c] = params[at + k * size() + c * filters + f];
            }
    }

    /** grads += dw. */
    private void addWeights(float[] grads, int at) {
        for (int from = 0; from < size(); from += cells.lanes) {
            int n = Math.min(cells.lanes, size() - from);
            cells.load(w, from, size(), n);
            cells.fromPoints(maps.weights, n);
            for (int ky = 0; ky < window.height(); ky++)
                for (int kx = 0; kx < window.width(); kx++) {
                    float[] cell = cells.at[ky * cells.side + kx];
                    int to = at(at, ky, kx) + from;
                    for (int l = 0; l < n; l++) grads[to + l] += cell[l];
                }
        }
    }

    /** The offset of position [ky, kx] of the kernel. */
    private int at(int w, int ky, int kx) {
        return w + (ky * window.width() + kx) * size();
    }
}
