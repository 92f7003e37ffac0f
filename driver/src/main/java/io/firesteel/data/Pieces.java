package io.firesteel.data;

import io.firesteel.data.Portion.Split;
import io.firesteel.data.TablePart.Packed;
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
 * Deals a table, in one shuffle: every part is cut into small pieces, each of a portion, and those are joined in the
 * order of the rows. Small, since Spark's sorter looks at its memory after each 32 records and Java's streams hold the
 * last 100.
 */
record Pieces(Header header, Deal deal, PartNumbers numbers, int[] starts) implements Serializable {
    private static final int PIECE = 1 << 18; // bytes

    /** Partition i holds the shards [starts[i], starts[i + 1]). */
    JavaRDD<Portion> dealt(JavaRDD<Packed> parts, Rooms rooms) {
        return JavaPairRDD.fromJavaRDD(parts.mapPartitionsWithIndex(new Cut(this), true))
                .repartitionAndSortWithinPartitions(new ByPortion(starts.length))
                .mapPartitionsWithIndex(new Join(this, rooms), true);
    }

    /** The same without a shuffle and without copies, from all parts in this JVM. */
    List<Portion> dealtHere(List<Packed> parts) {
        Portion[] portions = portions(() -> Block.picked(header));
        for (int i = 0; i < parts.size(); i++) {
            TablePart part = parts.get(i).part;
            add(i, part, 0, part.rows(), portions);
        }
        for (Portion portion : portions) portion.trim();
        return List.of(portions);
    }

    private Portion[] portions(Supplier<Block> empty) {
        Portion[] portions = new Portion[starts.length];
        Arrays.setAll(portions, i -> portion(i, empty));
        return portions;
    }

    private Portion portion(int i, Supplier<Block> empty) {
        return new Portion(starts[i], i + 1 < starts.length ? starts[i + 1] : deal.shards(), empty);
    }

    private record Cut(Pieces all) implements Function2<Integer, Iterator<Packed>, Iterator<Tuple2<Long, Portion>>> {
        @Override
        public Iterator<Tuple2<Long, Portion>> call(Integer index, Iterator<Packed> parts) {
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

    /** Rows [from, to) of a part; the key of a piece is its place among all rows, times n, plus its portion, of n. */
    private Stream<Tuple2<Long, Portion>> cut(int index, TablePart part, int from, int to) {
        Portion[] portions = portions(() -> new Block(header));
        add(index, part, from, to, portions);
        for (Portion portion : portions) portion.trim();
        long first = ((long) index << Integer.SIZE | from) * portions.length;
        return IntStream.range(0, portions.length).mapToObj(i -> new Tuple2<>(first + i, portions[i]));
    }

    private static final class ByPortion extends Partitioner {
        private static final long serialVersionUID = 1;
        private final int portions;

        ByPortion(int portions) {
            this.portions = portions;
        }

        @Override
        public int numPartitions() {
            return portions;
        }

        @Override
        public int getPartition(Object key) {
            return (int) ((Long) key % portions);
        }
    }

    private record Join(Pieces all, Rooms rooms)
            implements Function2<Integer, Iterator<Tuple2<Long, Portion>>, Iterator<Portion>> {
        @Override
        public Iterator<Portion> call(Integer index, Iterator<Tuple2<Long, Portion>> pieces) {
            Room room = rooms.room();
            Portion portion = all.portion(index, () -> new Block(all.header, room));
            while (pieces.hasNext()) portion.addAll(pieces.next()._2());
            portion.trim();
            return List.of(portion).iterator();
        }
    }

    /** Appends rows [from, to) of part {@code index}, whose held ones stand behind the others, to the portions. */
    private void add(int index, TablePart part, int from, int to, Portion[] portions) {
        int trained = part.trained.rows();
        for (int row = from; row < Math.min(to, trained); row++) {
            long place = deal.position(numbers.firstTrained()[index] + row);
            boolean held = place < 0;
            block(portions, held ? Split.VALIDATION : Split.TRAIN, held ? -1 - place : place)
                    .add(part.trained, row, numbers.scale());
        }
        for (int row = Math.max(0, from - trained); row < to - trained; row++)
            block(portions, Split.VALIDATION, numbers.firstHeld()[index] + row)
                    .add(part.held, row, numbers.heldScale());
    }

    private Block block(Portion[] portions, Split split, long place) {
        int shard = (int) (place % deal.shards()), found = Arrays.binarySearch(starts, shard);
        return portions[found < 0 ? -2 - found : found].block(split, shard);
    }
}
