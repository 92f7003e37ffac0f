package io.firesteel.internal.persistent;

import io.firesteel.internal.spark.SharedBlock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message's bytes: a head, and vectors that follow it or, where they are long, wait in a block of the sender's. A
 * message of 4 MB takes half of the time that way.
 */
final class VectorMessage {
    private static final int PIECE = 1 << 16; // bytes
    private static final ThreadLocal<byte[]> PIECES = ThreadLocal.withInitial(() -> new byte[PIECE]);

    /** The vectors of a message, one after the other. */
    interface VectorInput {
        void read(float[] into) throws IOException;
    }

    /** What is done with the vectors, once. */
    interface Recipient {
        void received(VectorInput vectors) throws IOException;

        void failed(Throwable cause);
    }

    private VectorMessage() {}

    /** A message with its vectors. */
    static byte[] of(byte[] head, float[]... vectors) {
        int size = 0;
        for (float[] vector : vectors) size = Math.addExact(size, Math.multiplyExact(vector.length, Float.BYTES));
        ByteBuffer message = start(head, size, null);
        write(message, vectors);
        return message.array();
    }

    /** A message whose vectors are written to a block. */
    static byte[] of(byte[] head, SharedBlock block, float[]... vectors) {
        write(little(block.bytes()), vectors);
        SharedBlock.Address at = block.address();
        byte[] address =
                (at.host() + " " + at.port() + " " + at.executor() + " " + at.block()).getBytes(StandardCharsets.UTF_8);
        return start(head, 0, address).array();
    }

    private static ByteBuffer start(byte[] head, int size, byte[] address) {
        int more = address == null ? size : address.length;
        ByteBuffer message = little(new byte[Math.addExact(2 * Integer.BYTES + head.length, more)]);
        message.putInt(address == null ? 0 : address.length).putInt(head.length).put(head);
        if (address != null) message.put(address);
        return message;
    }

    private static void write(ByteBuffer to, float[][] vectors) {
        for (float[] vector : vectors) {
            to.asFloatBuffer().put(vector);
            to.position(to.position() + Float.BYTES * vector.length);
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A message's head. */
    static ByteBuffer head(byte[] message) {
        ByteBuffer all = little(message);
        int start = 2 * Integer.BYTES;
        return all.slice(start, all.getInt(Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Passes a message's vectors on, now or when they have been fetched. */
    static void receive(byte[] message, Recipient receiver) {
        ByteBuffer all = little(message);
        int address = all.getInt(), head = all.getInt();
        all.position(all.position() + head);
        if (address > 0) {
            String[] words = new String(message, all.position(), address, StandardCharsets.UTF_8).split(" ");
            SharedBlock.fetch(
                    new SharedBlock.Address(words[0], Integer.parseInt(words[1]), words[2], words[3]),
                    new Fetched(receiver));
            return;
        }
        try {
            receiver.received(into -> {
                all.asFloatBuffer().get(into);
                all.position(all.position() + Float.BYTES * into.length);
            });
        } catch (IOException e) {
            receiver.failed(e);
        }
    }

    private record Fetched(Recipient receiver) implements SharedBlock.Fetcher {
        @Override
        public void fetched(InputStream bytes) throws IOException {
            receiver.received(into -> {
                byte[] piece = PIECES.get();
                for (int at = 0, floats; at < into.length; at += floats) {
                    floats = Math.min(into.length - at, PIECE / Float.BYTES);
                    if (bytes.readNBytes(piece, 0, Float.BYTES * floats) < Float.BYTES * floats)
                        throw new IOException("a block ends within its vectors");
                    little(piece).asFloatBuffer().get(into, at, floats);
                }
            });
        }

        @Override
        public void failed(Throwable cause) {
            receiver.failed(cause);
        }
    }
}
