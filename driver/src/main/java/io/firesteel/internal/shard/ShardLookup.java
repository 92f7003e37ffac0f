package io.firesteel.internal.shard;

import io.firesteel.internal.block.Block;

/** Where a shard's rows are. */
@FunctionalInterface
public interface ShardLookup {
    Block block(Split split, int shard);
}
