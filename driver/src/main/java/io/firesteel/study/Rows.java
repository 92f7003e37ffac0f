package io.firesteel.study;

import io.firesteel.data.Dataset;
import io.firesteel.data.Portion;
import java.io.Serializable;

/**
 * The rows of a study as the trials of one process share them: read once, by the first that asks. Small; it travels
 * with each trial.
 */
final class Rows implements Serializable {
    private static final long serialVersionUID = 1;
    private static Portion kept; // of the study that asked last
    private static String owner;

    private final String id;
    private final Dataset dataset;
    private final int shards;

    Rows(Dataset dataset, int shards) {
        this.id = Long.toHexString(System.nanoTime()) + "-"
                + ProcessHandle.current().pid();
        this.dataset = dataset;
        this.shards = shards;
    }

    /** All shards; for reading, by any number of threads. */
    Portion portion() {
        synchronized (Rows.class) {
            if (!id.equals(owner)) {
                kept = dataset.portion(0, shards);
                owner = id;
            }
            return kept;
        }
    }

    /** Forgets the rows in this process. */
    void release() {
        synchronized (Rows.class) {
            if (id.equals(owner)) owner = null;
            if (owner == null) kept = null;
        }
    }
}
