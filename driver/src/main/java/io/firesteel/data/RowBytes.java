package io.firesteel.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The features of a row as bytes: pixels as they are, values as floats, sparse ones as all places and then all values.
 * One thread writes.
 */
final class RowBytes {
    /** How features lie in {@link Cells}. */
    enum Kind {
        PIXELS,
        VALUES,
        SPARSE
    }

    private final Kind kind;
    private final int width;
    private byte[] bytes = new byte[0];

    RowBytes(Kind kind, int width) {
        this.kind = kind;
        this.width = width;
    }

    static RowBytes of(Header header) {
        Kind kind = header.pixels() ? Kind.PIXELS : header.sparse() ? Kind.SPARSE : Kind.VALUES;
        return new RowBytes(kind, header.shape().size());
    }

    Kind kind() {
        return kind;
    }

    int width() {
        return width;
    }

    /** Cells that take such rows. */
    Cells cells() {
        return new Cells(0, this);
    }

    int length(Cells cells) {
        return switch (kind) {
            case PIXELS -> width;
            case VALUES -> 4 * width;
            case SPARSE -> 8 * cells.count;
        };
    }

    /** The row's bytes stand at the start of the array, which is overwritten by the next. */
    byte[] write(Cells cells) {
        if (kind == Kind.PIXELS) return cells.pixels;
        int length = length(cells);
        if (bytes.length < length) bytes = new byte[Math.max(length, 2 * bytes.length)];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (kind == Kind.VALUES) out.asFloatBuffer().put(cells.values, 0, width);
        else {
            out.asIntBuffer().put(cells.places, 0, cells.count);
            out.position(4 * cells.count);
            out.asFloatBuffer().put(cells.values, 0, cells.count);
        }
        return bytes;
    }

    /** Reads what was written. */
    void read(DiskFile file, long start, int length, Cells cells) {
        if (kind == Kind.PIXELS) {
            file.read(start, cells.pixels, length);
            return;
        }
        ByteBuffer in = file.slice(start, length);
        if (kind == Kind.VALUES) {
            in.asFloatBuffer().get(cells.values, 0, width);
            return;
        }
        cells.count = length / 8;
        if (cells.places.length < cells.count) {
            cells.places = Arrays.copyOf(cells.places, 2 * cells.count);
            cells.values = Arrays.copyOf(cells.values, 2 * cells.count);
        }
        in.asIntBuffer().get(cells.places, 0, cells.count);
        in.position(4 * cells.count);
        in.order(ByteOrder.nativeOrder()).asFloatBuffer().get(cells.values, 0, cells.count);
    }
}
