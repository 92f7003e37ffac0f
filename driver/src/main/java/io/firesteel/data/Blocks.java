package io.firesteel.data;

import io.firesteel.data.Portion.Split;

/** Where a shard's rows are. */
@FunctionalInterface
public interface Blocks {
    Block block(Split split, int shard);
}
