package io.firesteel.op;

import io.firesteel.array.Random64;

/**
 * The operation of dropout: in training, each channel of a row is dropped or scaled, at all of its positions. What is
 * dropped is a function of seed, epoch, row and channel alone.
 */
public final class DropoutOp implements Op {
    private static final long STEP = 0x9E3779B97F4A7C15L; // of SplitMix64
    private static final int BITS = 24;

    private final int positions;
    private final int channels;
    private final int stream;
    private final long least; // random bits below it drop
    private final float scale; // 1 / (1 - p)
    private final float[] mask; // [rows, channels]: 0 or scale

    /** Drops a fraction p of the channels of rows [positions, channels]. */
    public DropoutOp(double p, int positions, int channels, Binder binder) {
        this.positions = positions;
        this.channels = channels;
        this.stream = binder.randomStream();
        this.least = Math.round(p * (1 << BITS));
        this.scale = (float) (1 / (1 - p));
        this.mask = binder.rows(channels);
    }

    @Override
    public void forward(PassContext pass, float[] x, float[] y) {
        if (!pass.training) {
            if (x != y) System.arraycopy(x, 0, y, 0, pass.rows * positions * channels);
            return;
        }
        for (int r = 0; r < pass.rows; r++)
            draw(Random64.at(pass.seed, pass.epoch, pass.rowIds[r], stream), r * channels);
        multiply(pass.rows, x, y);
    }

    @Override
    public void backward(PassContext pass, float[] x, float[] y, float[] dy, float[] dx) {
        if (dx != null) multiply(pass.rows, dy, dx);
    }

    private void multiply(int rows, float[] from, float[] to) {
        for (int position = 0; position < rows * positions; position++) {
            int at = position * channels, row = position / positions * channels;
            for (int j = 0; j < channels; j++) to[at + j] = mask[row + j] * from[at + j];
        }
    }

    /** Without a branch: the sign of bits - least is -1 where a channel is dropped. */
    private void draw(long row, int at) {
        for (int j = 0; j < channels; j++) {
            long bits = Random64.mix(row + j * STEP) >>> Long.SIZE - BITS;
            mask[at + j] = scale * (1 + (bits - least >> Long.SIZE - 1));
        }
    }

    @Override
    public boolean inPlace() {
        return true;
    }
}
