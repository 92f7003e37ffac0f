package io.firesteel.internal.shard;

import io.firesteel.internal.block.Block;

/** Finds the rows of a shard. */
@FunctionalInterface
public interface ShardLookup {
    Block block(Split split, int shard);
}
