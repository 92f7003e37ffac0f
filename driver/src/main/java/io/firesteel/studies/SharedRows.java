package io.firesteel.studies;

import io.firesteel.internal.shard.FileDataset;
import io.firesteel.internal.shard.ShardRange;
import java.io.Serializable;

/**
 * The rows of a study as the trials of one process share them: read once, by the first that asks. Small; it travels
 * with each trial.
 */
final class SharedRows implements Serializable {
    private static final long serialVersionUID = 1;
    private static ShardRange kept; // of the study that asked last
    private static String owner;

    private final String id;
    private final FileDataset dataset;
    private final int shards;

    SharedRows(FileDataset dataset, int shards) {
        this.id = Long.toHexString(System.nanoTime()) + "-"
                + ProcessHandle.current().pid();
        this.dataset = dataset;
        this.shards = shards;
    }

    /** All shards; for reading, by any number of threads. */
    ShardRange shardRange() {
        synchronized (SharedRows.class) {
            if (!id.equals(owner)) {
                kept = dataset.shardRange(0, shards);
                owner = id;
            }
            return kept;
        }
    }

    /** Forgets the rows in this process. */
    void release() {
        synchronized (SharedRows.class) {
            if (id.equals(owner)) owner = null;
            if (owner == null) kept = null;
        }
    }
}
