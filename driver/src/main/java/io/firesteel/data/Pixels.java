package io.firesteel.data;

import java.util.Arrays;

/** Features that are unsigned bytes, [rows, width]. */
final class Pixels extends Features {
    private static final long serialVersionUID = 1;

    private byte[] pixels = new byte[0];

    Pixels(int width) {
        super(width);
    }

    @Override
    void add(Cells cells) {
        add(cells.pixels, 0);
    }

    @Override
    boolean add(Features others, int row) {
        if (!(others instanceof Pixels from)) return false;
        add(from.pixels, row * width);
        return true;
    }

    private void add(byte[] from, int at) {
        long end = (rows + 1L) * width;
        if (end > pixels.length) pixels = Arrays.copyOf(pixels, grown(pixels.length, width, end));
        System.arraycopy(from, at, pixels, rows++ * width, width);
    }

    @Override
    void get(int row, Cells cells) {
        System.arraycopy(pixels, row * width, cells.pixels, 0, width);
    }

    @Override
    void trim() {
        pixels = Arrays.copyOf(pixels, rows * width);
    }

    @Override
    void copy(int row, Scaling scaling, int to, float[] x) {
        scaling.apply(pixels, row * width, width, x, to * width);
    }

    /** First as bytes, so that the loads of rows that lie far apart do not wait for each other. */
    @Override
    void copy(int[] chosen, int count, Scaling scaling, float[] x) {
        byte[] gathered = scaling.bytes(count * width);
        for (int r = 0; r < count; r++) System.arraycopy(pixels, chosen[r] * width, gathered, r * width, width);
        scaling.apply(gathered, 0, count * width, x, 0);
    }

    @Override
    void measure(int row, Moments moments) {
        moments.add(pixels, row * width, width);
    }
}
