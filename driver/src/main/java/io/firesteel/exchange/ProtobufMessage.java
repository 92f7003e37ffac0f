package io.firesteel.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A protobuf message while it is written: fields by number, in the order in which they are put. */
final class ProtobufMessage {
    private static final int VARINT = 0, BYTES = 2, FIXED32 = 5;

    private final List<byte[]> chunks = new ArrayList<>();
    private long size;

    ProtobufMessage put(int field, long value) {
        return varint((long) field << 3 | VARINT).varint(value);
    }

    ProtobufMessage put(int field, float value) {
        return varint((long) field << 3 | FIXED32).append(littleEndian(value));
    }

    ProtobufMessage put(int field, String text) {
        return put(field, text.getBytes(StandardCharsets.UTF_8));
    }

    ProtobufMessage put(int field, byte[] bytes) {
        return varint((long) field << 3 | BYTES).varint(bytes.length).append(bytes);
    }

    /** Puts a message inside, which is not to change any more. */
    ProtobufMessage put(int field, ProtobufMessage inside) {
        varint((long) field << 3 | BYTES).varint(inside.size);
        inside.chunks.forEach(this::append);
        return this;
    }

    /** Puts numbers as little-endian float32. */
    ProtobufMessage put(int field, float[] values) {
        return put(field, littleEndian(values));
    }

    private static byte[] littleEndian(float... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private ProtobufMessage varint(long value) {
        byte[] bytes = new byte[10];
        int count = 0;
        for (; (value & ~0x7fL) != 0; value >>>= 7) bytes[count++] = (byte) (value & 0x7f | 0x80);
        bytes[count++] = (byte) value;
        return append(Arrays.copyOf(bytes, count));
    }

    private ProtobufMessage append(byte[] bytes) {
        chunks.add(bytes);
        size += bytes.length;
        return this;
    }

    /** Bytes of the message. */
    long size() {
        return size;
    }

    void write(OutputStream out) throws IOException {
        for (byte[] chunk : chunks) out.write(chunk);
    }
}
