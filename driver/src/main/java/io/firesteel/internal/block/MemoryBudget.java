package io.firesteel.internal.block;

import io.firesteel.row.RowStorage;
import org.apache.spark.SparkEnv;

/**
 * How much memory the features of one shard range may take while it is read; rows beyond it spill to disk. Not
 * thread-safe.
 */
public final class MemoryBudget {
    private static final int SHARE = 2; // divisor: the budget is half of Spark's storage memory

    private long bytes;

    private MemoryBudget(long bytes) {
        this.bytes = bytes;
    }

    /** The budget of one of {@code together} shard ranges in this process. */
    public static MemoryBudget of(RowStorage level, int shardRanges) {
        SparkEnv spark = SparkEnv.get();
        return new MemoryBudget(
                switch (level) {
                    case MEMORY_ONLY -> Long.MAX_VALUE;
                    case DISK_ONLY -> 0;
                    case MEMORY_AND_DISK ->
                        spark == null
                                ? Long.MAX_VALUE
                                : spark.memoryManager().maxOnHeapStorageMemory() / SHARE / shardRanges;
                });
    }

    /** Takes so many bytes and returns true, or takes none and returns false if they exceed the budget. */
    boolean take(long wanted) {
        if (wanted > bytes) return false;
        bytes -= wanted;
        return true;
    }

    void giveBack(long taken) {
        bytes += taken;
    }
}
