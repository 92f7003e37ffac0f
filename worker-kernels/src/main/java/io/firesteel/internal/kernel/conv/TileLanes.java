package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.ScratchAllocator;

/**
 * The pixels of square tiles, one array per pixel with a lane per tile and channel, and their transforms to points and
 * back.
 */
final class TileLanes {
    private static final int LANES = 512; // at least; the arrays stay in the second-level cache
    private static final int LINE = 16; // floats of a cache line
    private static final int HEADER = 4; // size of an array header in floats

    final int side;
    final int lanes;
    final float[][] at; // pixel [y, x] is at[y side + x]
    private final float[][] between;
    private final float[] half;

    TileLanes(int side, int atLeast, ScratchAllocator scratch) {
        this.side = side;
        lanes = (Math.max(LANES, atLeast) + LINE - 1) / LINE * LINE;
        at = new float[side * side][];
        between = new float[side * side][];
        for (int i = 0; i < at.length; i++) {
            at[i] = scratch.floats(lanes + LINE - HEADER); // an odd number of cache lines: avoids cache-set conflicts
            between[i] = scratch.floats(lanes + LINE - HEADER);
        }
        half = scratch.floats(lanes + LINE - HEADER);
    }

    /** Transforms the pixels of the corner [inputs, inputs] to values at all points, in the first n lanes. */
    void toPoints(WinogradTransform map, int n) {
        for (int x = 0; x < map.inputs; x++) map.apply(at, x, side, between, x, side, half, n);
        for (int y = 0; y < side; y++) map.apply(between, y * side, 1, at, y * side, 1, half, n);
    }

    /** The adjoint: transforms values at all points to pixels of the corner. */
    void fromPoints(WinogradTransform map, int n) {
        for (int y = 0; y < side; y++) map.adjoint(at, y * side, 1, between, y * side, 1, n);
        for (int x = 0; x < map.inputs; x++) map.adjoint(between, x, side, at, x, side, n);
    }

    /** Loads lanes [0, n) of every pixel from {@code values}; pixels are {@code stride} apart. */
    void load(float[] values, int from, int stride, int n) {
        for (int i = 0; i < at.length; i++) System.arraycopy(values, from + i * stride, at[i], 0, n);
    }

    /** Stores them back. */
    void store(float[] values, int to, int stride, int n) {
        for (int i = 0; i < at.length; i++) System.arraycopy(at[i], 0, values, to + i * stride, n);
    }
}
