package io.firesteel.internal.shard;

import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.MemoryBudget;
import io.firesteel.internal.block.MemoryBudgets;
import io.firesteel.internal.shard.RowNumbers.Numbered;
import io.firesteel.row.RowSchema;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/**
 * Assigns packed rows to shards in one shuffle: every partition is cut into small pieces, one per shard range, and each
 * shard range joins its pieces in row order. Pieces are small because Spark's ExternalSorter checks memory only every
 * 32 records and Java's object streams keep references to the last 100.
 */
record ShardShuffle(RowSchema schema, RowAssignment assignment, RowNumbers numbers, int[] starts)
        implements Serializable {
    private static final int PIECE = 1 << 18; // bytes

    /** Partition i holds the shards [starts[i], starts[i + 1]). */
    JavaRDD<ShardRange> shuffled(JavaRDD<PackedPartition> parts, MemoryBudgets budgets) {
        return JavaPairRDD.fromJavaRDD(parts.mapPartitionsWithIndex(new Cut(this), true))
                .repartitionAndSortWithinPartitions(new ByShardRange(starts.length))
                .mapPartitionsWithIndex(new Join(this, budgets), true);
    }

    /** The same without a shuffle and without copies, if all partitions are in this JVM. */
    List<ShardRange> local(List<PackedPartition> parts) {
        ShardRange[] shardRanges = shardRanges(() -> Block.picked(schema));
        IntStream.range(0, parts.size())
                .boxed()
                .flatMap(i -> Arrays.stream(numbers.parts()[i]).map(segment -> new Tuple2<>(segment, parts.get(i))))
                .sorted(Comparator.comparing(piece -> piece._1().before()))
                .forEach(piece -> add(piece._1(), piece._2(), 0, piece._1().rows(), shardRanges));
        for (ShardRange shardRange : shardRanges) shardRange.trim();
        return List.of(shardRanges);
    }

    private ShardRange[] shardRanges(Supplier<Block> empty) {
        ShardRange[] shardRanges = new ShardRange[starts.length];
        Arrays.setAll(shardRanges, i -> shardRange(i, empty));
        return shardRanges;
    }

    private ShardRange shardRange(int i, Supplier<Block> empty) {
        return new ShardRange(starts[i], i + 1 < starts.length ? starts[i + 1] : assignment.shards(), empty);
    }

    private record Cut(ShardShuffle all)
            implements Function2<Integer, Iterator<PackedPartition>, Iterator<Tuple2<Long, ShardRange>>> {
        @Override
        public Iterator<Tuple2<Long, ShardRange>> call(Integer index, Iterator<PackedPartition> parts) {
            PackedPartition part = parts.next();
            return Arrays.stream(all.numbers.parts()[index])
                    .flatMap(segment -> all.cut(segment, part))
                    .iterator();
        }
    }

    /** A segment in pieces of as many rows as fill one for each shard range. */
    private Stream<Tuple2<Long, ShardRange>> cut(Numbered segment, PackedPartition part) {
        int rows = segment.rows();
        long fill = (long) PIECE * starts.length * part.rows() / Math.max(1, part.tally.bytes);
        int step = (int) Math.max(1, Math.min(rows, fill));
        return IntStream.iterate(0, from -> from < rows, from -> from + step)
                .boxed()
                .flatMap(from -> cut(segment, part, from, Math.min(rows, from + step)));
    }

    /**
     * Rows [from, to) of a segment, as one piece per shard range; the sort key of a piece is the number of rows of the
     * source before it * n + the index of its shard range, of n.
     */
    private Stream<Tuple2<Long, ShardRange>> cut(Numbered segment, PackedPartition part, int from, int to) {
        ShardRange[] shardRanges = shardRanges(() -> new Block(schema));
        add(segment, part, from, to, shardRanges);
        for (ShardRange shardRange : shardRanges) shardRange.trim();
        long first = (segment.before() + from) * shardRanges.length;
        return IntStream.range(0, shardRanges.length).mapToObj(i -> new Tuple2<>(first + i, shardRanges[i]));
    }

    private static final class ByShardRange extends Partitioner {
        private static final long serialVersionUID = 1;
        private final int count;

        ByShardRange(int count) {
            this.count = count;
        }

        @Override
        public int numPartitions() {
            return count;
        }

        @Override
        public int getPartition(Object key) {
            return (int) ((Long) key % count);
        }
    }

    private record Join(ShardShuffle all, MemoryBudgets budgets)
            implements Function2<Integer, Iterator<Tuple2<Long, ShardRange>>, Iterator<ShardRange>> {
        @Override
        public Iterator<ShardRange> call(Integer index, Iterator<Tuple2<Long, ShardRange>> pieces) {
            MemoryBudget budget = budgets.budget();
            ShardRange shardRange = all.shardRange(index, () -> new Block(all.schema, budget));
            while (pieces.hasNext()) shardRange.addAll(pieces.next()._2());
            shardRange.trim();
            return List.of(shardRange).iterator();
        }
    }

    /** Appends rows [from, to) of a segment to the shard ranges, split after split. */
    private void add(Numbered segment, PackedPartition part, int from, int to, ShardRange[] shardRanges) {
        int before = 0;
        for (Split split : Split.values()) {
            int at = split.ordinal(), rows = segment.rows[at];
            for (int row = Math.max(0, from - before); row < Math.min(rows, to - before); row++) {
                long number = segment.number[at] + row,
                        position = split == Split.TRAIN ? assignment.position(number) : number;
                block(shardRanges, position < 0 ? Split.VALIDATION : split, position < 0 ? -1 - position : position)
                        .add(part.block(split), segment.first[at] + row, numbers.scale()[at]);
            }
            before += rows;
        }
    }

    private Block block(ShardRange[] shardRanges, Split split, long position) {
        int shard = (int) (position % assignment.shards()), found = Arrays.binarySearch(starts, shard);
        return shardRanges[found < 0 ? -2 - found : found].block(split, shard);
    }
}
