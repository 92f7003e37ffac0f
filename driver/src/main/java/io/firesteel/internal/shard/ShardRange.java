package io.firesteel.internal.shard;

import io.firesteel.internal.block.Block;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The rows of shards [from, to), which one task works on. A plain class, since Kryo 4 cannot write records. */
public final class ShardRange implements ShardLookup, Serializable {
    private static final long serialVersionUID = 1;

    public final int from;
    public final int to;
    private final Block[][] blocks; // [split][shard - from]

    /** Starts with empty blocks, made by {@code empty}. */
    ShardRange(int from, int to, Supplier<Block> empty) {
        this.from = from;
        this.to = to;
        blocks = new Block[Split.values().length][to - from];
        for (Block[] split : blocks) Arrays.setAll(split, shard -> empty.get());
    }

    /** Ranges that follow one another, as one; without copies. */
    public static ShardRange joined(List<ShardRange> ranges) {
        ShardRange last = ranges.get(ranges.size() - 1), all = new ShardRange(ranges.get(0).from, last.to, () -> null);
        for (ShardRange each : ranges)
            for (int split = 0; split < all.blocks.length; split++)
                System.arraycopy(each.blocks[split], 0, all.blocks[split], each.from - all.from, each.to - each.from);
        return all;
    }

    /** The rows of one shard in [from, to). */
    @Override
    public Block block(Split split, int shard) {
        return blocks[split.ordinal()][shard - from];
    }

    /** Appends the rows of another piece of the same shard range. */
    void addAll(ShardRange other) {
        for (int split = 0; split < blocks.length; split++)
            for (int i = 0; i < blocks[split].length; i++) blocks[split][i].addAll(other.blocks[split][i]);
    }

    /** The number of rows of a split over all shards of this range. */
    public long rows(Split split) {
        long rows = 0;
        for (Block block : blocks[split.ordinal()]) rows += block.rows();
        return rows;
    }

    void trim() {
        for (Block[] split : blocks) for (Block block : split) block.trim();
    }
}
