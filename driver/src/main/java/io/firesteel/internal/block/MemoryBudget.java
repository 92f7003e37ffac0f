package io.firesteel.internal.block;

import io.firesteel.row.RowStorage;
import org.apache.spark.SparkEnv;

/**
 * The memory that the features of a portion may take while it is read; what finds no room goes to disk. One thread's.
 */
public final class MemoryBudget {
    private static final int SHARE = 2; // of Spark's memory for blocks, which others want, too

    private long bytes;

    private MemoryBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Room for one of so many portions that this process holds. */
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

    /** Takes so many bytes, or none where there is no room. */
    boolean take(long wanted) {
        if (wanted > bytes) return false;
        bytes -= wanted;
        return true;
    }

    void giveBack(long taken) {
        bytes += taken;
    }
}
