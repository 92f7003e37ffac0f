package io.firesteel.internal.persistent;

import io.firesteel.internal.spark.SharedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Makes one process's messages, and keeps the blocks of the long ones. Not thread-safe. */
final class VectorSender implements AutoCloseable {
    private static final AtomicLong BLOCKS = new AtomicLong(); // ever made in this process: no name comes twice
    private static final int INLINE = 1 << 18; // bytes of the longest vectors that go with their message

    private final String name;
    private final boolean oneProcess;
    private final List<SharedBlock> blocks = new ArrayList<>();
    private int size; // of the first block
    private long last; // request

    /**
     * Names its blocks after {@code name}.
     *
     * @param oneProcess whether nothing is copied, and all vectors go with their message
     */
    VectorSender(String name, boolean oneProcess) {
        this.name = name;
        this.oneProcess = oneProcess;
    }

    /** A message for request {@code number}; what came with earlier requests may be overwritten. */
    byte[] message(long number, byte[] head, float[]... vectors) {
        long bytes = 0;
        for (float[] vector : vectors) bytes += (long) Float.BYTES * vector.length;
        if (oneProcess || bytes <= INLINE) return VectorMessage.of(head, vectors);
        return VectorMessage.of(head, block(number, Math.toIntExact(bytes)), vectors);
    }

    /** The first block, where this is a request's first message; what else is sent for it needs a block of its own. */
    private SharedBlock block(long number, int bytes) {
        if (number != last && size != bytes) close();
        boolean first = number != last && !blocks.isEmpty();
        last = number;
        if (first) return blocks.get(0);
        if (blocks.isEmpty()) size = bytes;
        blocks.add(new SharedBlock(name + "-" + BLOCKS.incrementAndGet(), bytes));
        return blocks.get(blocks.size() - 1);
    }

    /** Removes the blocks. */
    @Override
    public void close() {
        blocks.forEach(SharedBlock::close);
        blocks.clear();
    }
}
