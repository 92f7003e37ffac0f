package io.firesteel.internal.block;

import io.firesteel.row.ChannelStats;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import java.util.Arrays;

/**
 * Features that are floats, [rows, width], in chunks: nothing is copied in order to grow, and no array is as large as
 * the block.
 */
final class FloatFeatures extends PackedFeatures {
    private static final long serialVersionUID = 1;
    private static final int CHUNK = 1 << 16; // numbers, or one row if that is more

    private final int chunkRows;
    private PackedFloats[] chunks = new PackedFloats[0]; // full chunks, then nulls
    private float[] open = new float[0]; // the rows after the full chunks

    FloatFeatures(int width) {
        super(width);
        chunkRows = Math.max(1, CHUNK / width);
    }

    @Override
    void add(RowBuffer buffer) {
        int offset = budget();
        System.arraycopy(buffer.values, 0, open, offset, width);
        added();
    }

    @Override
    boolean add(PackedFeatures others, int row) {
        if (!(others instanceof FloatFeatures from)) return false;
        int offset = budget();
        from.copy(row, open, offset);
        added();
        return true;
    }

    /** The offset of the next row in {@link #open}. */
    private int budget() {
        int offset = rows % chunkRows * width;
        if (offset == open.length)
            open = Arrays.copyOf(open, Math.min(chunkRows * width, Math.max(8 * width, 2 * offset)));
        return offset;
    }

    private void added() {
        if (++rows % chunkRows > 0) return;
        int chunk = rows / chunkRows - 1;
        if (chunk == chunks.length) chunks = Arrays.copyOf(chunks, capacity(chunk, 1, chunk + 1L));
        chunks[chunk] = PackedFloats.of(open, chunkRows * width);
    }

    private void copy(int row, float[] to, int at) {
        int chunk = row / chunkRows, offset = row % chunkRows * width;
        if (chunk < rows / chunkRows) chunks[chunk].copy(offset, width, to, at);
        else System.arraycopy(open, offset, to, at, width);
    }

    @Override
    void get(int row, RowBuffer buffer) {
        copy(row, buffer.values, 0);
    }

    @Override
    void trim() {
        chunks = Arrays.copyOf(chunks, rows / chunkRows);
        open = Arrays.copyOf(open, rows % chunkRows * width);
    }

    @Override
    void copy(int row, InputScaler normalizer, int to, float[] x) {
        copy(row, x, to * width);
        normalizer.apply(x, to * width, width, x, to * width);
    }

    @Override
    void measure(int row, ChannelStats stats) {
        float[] copied = new float[width];
        copy(row, copied, 0);
        stats.add(copied, 0, width);
    }
}
