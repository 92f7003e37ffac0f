package io.firesteel.internal.shard;

import io.firesteel.internal.block.Block;
import io.firesteel.internal.block.MemoryBudget;
import io.firesteel.internal.block.MemoryBudgets;
import io.firesteel.internal.shard.PackedPartition.Packed;
import io.firesteel.row.RowSchema;
import java.io.Serializable;
import java.util.Arrays;
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
record TableShuffle(RowSchema schema, RowAssignment assignment, PartitionOffsets numbers, int[] starts)
        implements Serializable {
    private static final int PIECE = 1 << 18; // bytes

    /** Partition i holds the shards [starts[i], starts[i + 1]). */
    JavaRDD<ShardRange> shuffled(JavaRDD<Packed> parts, MemoryBudgets budgets) {
        return JavaPairRDD.fromJavaRDD(parts.mapPartitionsWithIndex(new Cut(this), true))
                .repartitionAndSortWithinPartitions(new ByShardRange(starts.length))
                .mapPartitionsWithIndex(new Join(this, budgets), true);
    }

    /** The same without a shuffle and without copies, if all partitions are in this JVM. */
    List<ShardRange> local(List<Packed> parts) {
        ShardRange[] shardRanges = shardRanges(() -> Block.picked(schema));
        for (int i = 0; i < parts.size(); i++) {
            PackedPartition part = parts.get(i).part;
            add(i, part, 0, part.rows(), shardRanges);
        }
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

    private record Cut(TableShuffle all)
            implements Function2<Integer, Iterator<Packed>, Iterator<Tuple2<Long, ShardRange>>> {
        @Override
        public Iterator<Tuple2<Long, ShardRange>> call(Integer index, Iterator<Packed> parts) {
            Packed packed = parts.next();
            int rows = packed.part.rows(),
                    step =
                            (int) Math.max(
                                    1,
                                    Math.min(
                                            rows,
                                            (long) PIECE * all.starts.length * rows / Math.max(1, packed.tally.bytes)));
            return IntStream.iterate(0, from -> from < rows, from -> from + step)
                    .boxed()
                    .flatMap(from -> all.cut(index, packed.part, from, Math.min(rows, from + step)))
                    .iterator();
        }
    }

    /**
     * Rows [from, to) of a partition, as one piece per shard range; the sort key of a piece is (partition, first row) *
     * n + the index of its shard range, of n.
     */
    private Stream<Tuple2<Long, ShardRange>> cut(int index, PackedPartition part, int from, int to) {
        ShardRange[] shardRanges = shardRanges(() -> new Block(schema));
        add(index, part, from, to, shardRanges);
        for (ShardRange shardRange : shardRanges) shardRange.trim();
        long first = ((long) index << Integer.SIZE | from) * shardRanges.length;
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

    private record Join(TableShuffle all, MemoryBudgets budgets)
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

    /**
     * Appends rows [from, to) of partition {@code index} to the shard ranges; its validation rows follow its training
     * rows, and its test rows those.
     */
    private void add(int index, PackedPartition part, int from, int to, ShardRange[] shardRanges) {
        int train = part.train.rows();
        for (int row = from; row < Math.min(to, train); row++) {
            long position = assignment.position(numbers.firstTrain()[index] + row);
            block(shardRanges, position < 0 ? Split.VALIDATION : Split.TRAIN, position < 0 ? -1 - position : position)
                    .add(part.train, row, numbers.scale());
        }
        int validation = part.validation.rows();
        for (int row = Math.max(0, from - train); row < Math.min(validation, to - train); row++)
            block(shardRanges, Split.VALIDATION, numbers.firstValidation()[index] + row)
                    .add(part.validation, row, numbers.validationScale());
        int others = train + validation;
        for (int row = Math.max(0, from - others); row < to - others; row++)
            block(shardRanges, Split.TEST, numbers.firstTest()[index] + row).add(part.test, row, 1);
    }

    private Block block(ShardRange[] shardRanges, Split split, long position) {
        int shard = (int) (position % assignment.shards()), found = Arrays.binarySearch(starts, shard);
        return shardRanges[found < 0 ? -2 - found : found].block(split, shard);
    }
}
