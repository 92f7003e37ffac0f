package io.firesteel.row;

import io.firesteel.internal.kernel.SparseRows;
import io.firesteel.model.ModelSpec;
import java.util.Arrays;

/**
 * Applies a model's normalization to rows: x = scale[c] raw + shift[c]; bytes through a lookup table. Not thread-safe.
 */
public final class InputScaler {
    static final double PIXEL = 255;

    private final int channels;
    private final float[] scale;
    private final float[] shift;
    private final boolean shifts; // a zero input gives a non-zero output
    private final float[] table; // [channels, 256], for pixels
    private byte[] bytes = {}; // reused by callers of bytes()

    public InputScaler(ModelSpec model) {
        channels = model.input().dim(model.input().rank() - 1);
        scale = model.normalization().scale(channels, 1);
        shift = model.normalization().shift(channels);
        boolean any = false;
        for (float by : shift) any |= by != 0;
        shifts = any;
        float[] pixel = model.normalization().scale(channels, PIXEL);
        table = new float[channels << 8];
        for (int i = 0; i < table.length; i++) table[i] = pixel[i >> 8] * (i & 0xff) + shift[i >> 8];
    }

    /** Normalizes a row into row {@code to} of x [rows, width]. */
    public void apply(RowBuffer buffer, int to, float[] x, int width) {
        if (buffer.indices != null) apply(buffer.indices, buffer.values, 0, buffer.count, x, to * width, width);
        else if (buffer.pixels != null) apply(buffer.pixels, 0, width, x, to * width);
        else apply(buffer.values, 0, width, x, to * width);
    }

    public void apply(byte[] raw, int at, int width, float[] x, int to) {
        if (channels == 1) {
            for (int i = 0; i < width; i++) x[to + i] = table[raw[at + i] & 0xff];
        } else {
            for (int i = 0; i < width; i += channels)
                for (int c = 0; c < channels; c++) x[to + i + c] = table[c << 8 | raw[at + i + c] & 0xff];
        }
    }

    /**
     * A sparse row: values [from, to) of {@code raw} go to their indices in x [at, at + width); all others are zero
     * before scaling.
     */
    public void apply(int[] indices, float[] raw, int from, int to, float[] x, int at, int width) {
        if (shifts) for (int i = 0; i < width; i++) x[at + i] = shift[i % channels];
        else Arrays.fill(x, at, at + width, 0);
        for (int k = from; k < to; k++) x[at + indices[k]] += scale[indices[k] % channels] * raw[k];
    }

    /** The same for sparse x, which keeps no zeros: appends a row to x. */
    public void apply(int[] indices, float[] raw, int from, int to, SparseRows x) {
        for (int k = from; k < to; k++) x.add(indices[k], scale[indices[k] % channels] * raw[k]);
        x.endRow();
    }

    /** Whether zero inputs stay zero. */
    public boolean keepsZeros() {
        return !shifts;
    }

    /** A scratch buffer of at least {@code count} bytes; the next call may return the same one. */
    public byte[] bytes(int count) {
        if (bytes.length < count) bytes = new byte[count];
        return bytes;
    }

    /** A row of floats: raw[at, at + width) goes to x[to, to + width). */
    public void apply(float[] raw, int at, int width, float[] x, int to) {
        for (int i = 0; i < width; i += channels)
            for (int c = 0; c < channels; c++) x[to + i + c] = scale[c] * raw[at + i + c] + shift[c];
    }
}
