package io.firesteel.studies;

import io.firesteel.internal.shard.FileDataset;
import io.firesteel.internal.shard.ShardRange;
import java.io.Serializable;

/**
 * The rows of a study, shared by the trials of one process: read once, by the first trial that needs them. The object
 * itself is small and is sent with each trial.
 */
final class SharedRows implements Serializable {
    private static final long serialVersionUID = 1;
    private static ShardRange kept; // of the most recent study
    private static String owner;

    private final String id;
    private final FileDataset dataset;

    SharedRows(FileDataset dataset) {
        this.id = Long.toHexString(System.nanoTime()) + "-"
                + ProcessHandle.current().pid();
        this.dataset = dataset;
    }

    /** All shards; read-only, for any number of threads. */
    ShardRange shardRange() {
        synchronized (SharedRows.class) {
            if (!id.equals(owner)) {
                kept = dataset.shardRange();
                owner = id;
            }
            return kept;
        }
    }

    /** Releases the rows in this process. */
    void release() {
        synchronized (SharedRows.class) {
            if (id.equals(owner)) owner = null;
            if (owner == null) kept = null;
        }
    }
}
