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
 * An unnamed (deleted) file in Spark's local folder: written once by one thread, closed, then memory-mapped and read by
 * any thread. Its space is freed when it is no longer referenced.
 */
final class SpillFile {
    private static final int PIECE = 1 << 30; // bytes per mapping; no record crosses a boundary
    private static final int BUFFER = 1 << 18;

    private final File path;
    private final FileChannel channel;
    private ByteBuffer pending = ByteBuffer.allocate(BUFFER); // bytes not yet written; null when closed
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
                    "cannot create a file for rows (" + e.getMessage() + "); set spark.local.dir", e);
        }
    }

    /** Appends the first {@code length} bytes; returns their offset. */
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
                path + ": cannot write rows to disk (" + e.getMessage() + "); free space there, or set spark.local.dir",
                e);
    }

    /** Ends writing; called once. */
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
