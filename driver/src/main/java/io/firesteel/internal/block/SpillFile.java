package io.firesteel.internal.block;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.spark.SparkEnv;

/**
 * A file without a name in Spark's local folder: written once by one thread, closed, then read by any through mapped
 * memory, of which the operating system keeps what is used. Its space is free again when nobody holds it any more.
 */
final class SpillFile {
    private static final int PIECE = 1 << 30; // bytes of a mapping; nothing that is appended lies across two
    private static final int BUFFER = 1 << 18;

    private final File path;
    private final FileChannel channel;
    private ByteBuffer pending =
            ByteBuffer.allocate(BUFFER); // what follows the bytes that are written; null when closed
    private long written;
    private MappedByteBuffer[] pieces;

    SpillFile() {
        try {
            SparkEnv spark = SparkEnv.get();
            path = spark == null
                    ? Files.createTempFile("firesteel", ".rows").toFile()
                    : spark.blockManager()
                            .diskBlockManager()
                            .createTempLocalBlock()
                            ._2();
            channel = FileChannel.open(
                    path.toPath(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no file for rows can be made (" + e.getMessage() + "); set spark.local.dir", e);
        }
    }

    /** Appends the first {@code length} bytes; returns where they stand. */
    long append(byte[] bytes, int length) {
        long end = written + pending.position();
        if (end / PIECE != (end + length - 1) / PIECE && length > 0) {
            flush();
            written = end = (end / PIECE + 1) * PIECE;
        }
        for (int at = 0; at < length; ) {
            if (!pending.hasRemaining()) flush();
            int count = Math.min(length - at, pending.remaining());
            pending.put(bytes, at, count);
            at += count;
        }
        return end;
    }

    private void flush() {
        try {
            pending.flip();
            while (pending.hasRemaining()) written += channel.write(pending, written);
            pending.clear();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private IllegalStateException failed(IOException e) {
        return new IllegalStateException(
                path + ": rows cannot be kept on disk (" + e.getMessage()
                        + "); make room there, or set spark.local.dir",
                e);
    }

    /** Ends the writing, once. */
    void close() {
        if (pending == null) return;
        flush();
        pending = null;
        try (channel) {
            pieces = new MappedByteBuffer[(int) ((written + PIECE - 1) / PIECE)];
            for (int i = 0; i < pieces.length; i++) {
                long from = (long) i * PIECE;
                pieces[i] = channel.map(MapMode.READ_ONLY, from, Math.min(PIECE, written - from));
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Copies {@code length} bytes to the start of {@code to}. */
    void read(long start, byte[] to, int length) {
        if (length > 0) pieces[(int) (start / PIECE)].get((int) (start % PIECE), to, 0, length);
    }

    /** {@code length} bytes, in this machine's order. */
    ByteBuffer slice(long start, int length) {
        return length == 0
                ? ByteBuffer.allocate(0)
                : pieces[(int) (start / PIECE)]
                        .slice((int) (start % PIECE), length)
                        .order(ByteOrder.nativeOrder());
    }
}
