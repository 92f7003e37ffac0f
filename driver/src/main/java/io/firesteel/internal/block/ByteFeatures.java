package io.firesteel.internal.block;

import io.firesteel.row.ChannelStats;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import java.util.Arrays;

/** Features that are unsigned bytes, [rows, width]. */
final class ByteFeatures extends PackedFeatures {
    private static final long serialVersionUID = 1;

    private byte[] pixels = new byte[0];

    ByteFeatures(int width) {
        super(width);
    }

    @Override
    void add(RowBuffer buffer) {
        add(buffer.pixels, 0);
    }

    @Override
    boolean add(PackedFeatures others, int row) {
        if (!(others instanceof ByteFeatures from)) return false;
        add(from.pixels, row * width);
        return true;
    }

    private void add(byte[] from, int at) {
        long end = (rows + 1L) * width;
        if (end > pixels.length) pixels = Arrays.copyOf(pixels, capacity(pixels.length, width, end));
        System.arraycopy(from, at, pixels, rows++ * width, width);
    }

    @Override
    void get(int row, RowBuffer buffer) {
        System.arraycopy(pixels, row * width, buffer.pixels, 0, width);
    }

    @Override
    void trim() {
        pixels = Arrays.copyOf(pixels, rows * width);
    }

    @Override
    void copy(int row, InputScaler normalizer, int to, float[] x) {
        normalizer.apply(pixels, row * width, width, x, to * width);
    }

    /** Copies bytes first, so that the memory loads of scattered rows overlap. */
    @Override
    void copy(int[] chosen, int count, InputScaler normalizer, float[] x) {
        byte[] gathered = normalizer.bytes(count * width);
        for (int r = 0; r < count; r++) System.arraycopy(pixels, chosen[r] * width, gathered, r * width, width);
        normalizer.apply(gathered, 0, count * width, x, 0);
    }

    @Override
    void measure(int row, ChannelStats stats) {
        stats.add(pixels, row * width, width);
    }
}
