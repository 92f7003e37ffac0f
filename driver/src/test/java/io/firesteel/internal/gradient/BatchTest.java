package io.firesteel.internal.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BatchTest {
    @Test
    void theSharesOfABatchDifferByAtMostOneRowAndAddUp() {
        for (int shards : new int[] {1, 3, 4, 7, 16}) {
            BatchPlan batches = new BatchPlan(103, 10, false);
            long[] walked = new long[shards];
            for (long step = 0; step < batches.stepsPerEpoch(); step++) {
                Batch batch = batches.at(step);
                long rows = 0, least = Long.MAX_VALUE, most = 0;
                for (int shard = 0; shard < shards; shard++) {
                    assertEquals(walked[shard], batch.first(shard, shards), "a walk has no gaps");
                    walked[shard] = batch.end(shard, shards);
                    long share = batch.end(shard, shards) - batch.first(shard, shards);
                    rows += share;
                    least = Math.min(least, share);
                    most = Math.max(most, share);
                }
                assertEquals(batch.rows(), rows);
                assertTrue(most - least <= 1);
            }
            for (int shard = 0; shard < shards; shard++)
                assertEquals((103 + shards - 1 - shard) / shards, walked[shard]);
        }
    }

    @Test
    void theRaggedTailIsTrainedUnlessItIsDropped() {
        assertEquals(11, new BatchPlan(103, 10, false).stepsPerEpoch());
        assertEquals(3, new BatchPlan(103, 10, false).at(10).rows());
        assertEquals(10, new BatchPlan(103, 10, true).stepsPerEpoch());
        assertEquals(new Batch(11, 1, 0, 10), new BatchPlan(103, 10, false).at(11));
        for (boolean dropLast : new boolean[] {false, true}) {
            BatchPlan batches = new BatchPlan(103, 10, dropLast);
            long seen = 0;
            for (long step = 0; step < 30; seen += batches.at(step++).rows())
                assertEquals(seen, batches.examples(step));
        }
    }
}
