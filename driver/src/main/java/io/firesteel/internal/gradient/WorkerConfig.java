package io.firesteel.internal.gradient;

import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.model.ModelSpec;
import java.io.Serializable;

/**
 * What every worker must know to compute a shard's sum. Small; it travels with the tasks.
 *
 * @param id names the run within a JVM
 * @param batch rows of a full step
 * @param fingerprint what every worker's machine must be, see {@link ProcessCheck}; null where it does not matter
 */
public record WorkerConfig(String id, ModelSpec model, int batch, int shards, long seed, String fingerprint)
        implements Serializable {
    private static final int MOST_ROWS = 256; // of one pass: larger ones leave the caches
    private static final int FEWEST_ROWS = 64; // so that evaluation is not slower than it must be

    /** Rows of the largest pass: a function of the run alone, since the order of additions depends on it. */
    public int passRows() {
        return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, (batch + shards - 1) / shards));
    }
}
