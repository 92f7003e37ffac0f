package io.firesteel.internal.gradient;

import io.firesteel.internal.block.RawSerializable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A range of a flat vector on the wire: its floats as bulk bytes, in pieces, so that no array of bytes is as long as
 * the range. Both of Spark's serializers write the same bytes; Java's own form of a {@code float[]} is thirty times
 * slower.
 */
public final class FloatSlice implements RawSerializable {
    private static final long serialVersionUID = 1;
    private static final int PIECE = 1 << 14; // floats
    private static final int MOST = 1 << 30; // floats that a header may claim

    private static final ThreadLocal<long[]> WRITING = ThreadLocal.withInitial(() -> new long[1]); // nanoseconds

    private float[] values;
    private int from;
    private int to;

    /** For deserialization. */
    public FloatSlice() {}

    public FloatSlice(float[] values) {
        this(values, 0, values.length);
    }

    /** A view of values[from, to), not a copy. */
    FloatSlice(float[] values, int from, int to) {
        this.values = values;
        this.from = from;
        this.to = to;
    }

    /** The vector itself, not a copy; on the receiving side it is the range alone. */
    public float[] values() {
        return values;
    }

    /** Seconds that this thread has spent writing since the last call. */
    static double writingSeconds() {
        long[] writing = WRITING.get();
        double seconds = writing[0] / 1e9;
        writing[0] = 0;
        return seconds;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        long start = System.nanoTime();
        out.writeInt(to - from);
        byte[] piece = new byte[4 * Math.min(PIECE, to - from)];
        for (int count, at = from; at < to; at += count) {
            count = Math.min(PIECE, to - at);
            ByteBuffer.wrap(piece)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(values, at, count);
            out.write(piece, 0, 4 * count);
        }
        WRITING.get()[0] += System.nanoTime() - start;
    }

    @Override
    public void read(DataInput in) throws IOException {
        to = in.readInt();
        if (to < 0 || to > MOST) throw new IOException("a vector of " + to + " floats, wanted 0 to " + MOST);
        values = new float[to];
        byte[] piece = new byte[4 * Math.min(PIECE, to)];
        for (int count, at = 0; at < to; at += count) {
            count = Math.min(PIECE, to - at);
            in.readFully(piece, 0, 4 * count);
            ByteBuffer.wrap(piece)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values, at, count);
        }
    }
}
