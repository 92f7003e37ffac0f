package io.firesteel.internal.gradient;

import java.io.Serializable;

/**
 * The rows of one step: positions [from, to) of an epoch's rows. Position p belongs to shard p mod S, so that the
 * shards' rows differ in number by at most one.
 */
public record Batch(long step, int epoch, long from, long to) implements Serializable {
    public int rows() {
        return Math.toIntExact(to - from);
    }

    /** The first row of this batch in {@code shard}'s order of the epoch. */
    public long first(int shard, int shards) {
        return walked(from, shard, shards);
    }

    /** One past the last row of this batch in {@code shard}'s order of the epoch. */
    public long end(int shard, int shards) {
        return walked(to, shard, shards);
    }

    private static long walked(long position, int shard, int shards) {
        return (position + shards - 1 - shard) / shards;
    }
}
