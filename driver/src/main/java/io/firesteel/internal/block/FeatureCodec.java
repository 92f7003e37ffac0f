package io.firesteel.internal.block;

import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The features of a row as bytes: pixels as they are, values as floats, sparse rows as all indices and then all values.
 * Not thread-safe.
 */
public final class FeatureCodec {
    private final FeatureKind kind;
    private final int width;
    private byte[] bytes = new byte[0];

    FeatureCodec(FeatureKind kind, int width) {
        this.kind = kind;
        this.width = width;
    }

    public static FeatureCodec of(RowSchema schema) {
        return new FeatureCodec(schema.features(), schema.shape().size());
    }

    public FeatureKind kind() {
        return kind;
    }

    public int width() {
        return width;
    }

    /** A buffer for rows of this kind. */
    RowBuffer buffer() {
        return new RowBuffer(0, kind, width);
    }

    public int length(RowBuffer buffer) {
        return switch (kind) {
            case BYTES -> width;
            case FLOATS -> 4 * width;
            case SPARSE -> 8 * buffer.count;
        };
    }

    /** Writes a row to the start of the returned array, which the next call overwrites. */
    byte[] write(RowBuffer buffer) {
        if (kind == FeatureKind.BYTES) return buffer.pixels;
        int length = length(buffer);
        if (bytes.length < length) bytes = new byte[Math.max(length, 2 * bytes.length)];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (kind == FeatureKind.FLOATS) out.asFloatBuffer().put(buffer.values, 0, width);
        else {
            out.asIntBuffer().put(buffer.indices, 0, buffer.count);
            out.position(4 * buffer.count);
            out.asFloatBuffer().put(buffer.values, 0, buffer.count);
        }
        return bytes;
    }

    /** Reads a row that {@link #write} has written. */
    void read(SpillFile file, long start, int length, RowBuffer buffer) {
        if (kind == FeatureKind.BYTES) {
            file.read(start, buffer.pixels, length);
            return;
        }
        ByteBuffer in = file.slice(start, length);
        if (kind == FeatureKind.FLOATS) {
            in.asFloatBuffer().get(buffer.values, 0, width);
            return;
        }
        buffer.count = length / 8;
        if (buffer.indices.length < buffer.count) {
            buffer.indices = Arrays.copyOf(buffer.indices, 2 * buffer.count);
            buffer.values = Arrays.copyOf(buffer.values, 2 * buffer.count);
        }
        in.asIntBuffer().get(buffer.indices, 0, buffer.count);
        in.position(4 * buffer.count);
        in.order(ByteOrder.nativeOrder()).asFloatBuffer().get(buffer.values, 0, buffer.count);
    }
}
