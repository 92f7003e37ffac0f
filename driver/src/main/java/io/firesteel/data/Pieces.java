package io.firesteel.data;

import io.firesteel.data.Portion.Split;
import io.firesteel.data.TablePart.Packed;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/** Deals a table, in one shuffle: every part is cut into a piece for each portion, and a portion's pieces are joined in the order of the parts. */
record Pieces(Header header, Deal deal, PartNumbers numbers, int[] starts) implements Serializable {

  /** Partition i holds the shards [starts[i], starts[i + 1]). */
  JavaRDD<Portion> dealt(JavaRDD<Packed> parts) {
    return JavaPairRDD.fromJavaRDD(parts.mapPartitionsWithIndex(new Cut(this), true))
        .partitionBy(new HashPartitioner(starts.length)).mapPartitionsWithIndex(new Join(this), true);
  }

  /** The same without a shuffle and without copies, from all parts in this JVM. */
  List<Portion> dealtHere(List<Packed> parts) {
    Portion[] portions = portions(Block::picked);
    for (int i = 0; i < parts.size(); i++) add(i, parts.get(i).part, portions);
    for (Portion portion : portions) portion.trim();
    return List.of(portions);
  }

  private Portion portion(int i, Function<Header, Block> empty) {
    return new Portion(starts[i], i + 1 < starts.length ? starts[i + 1] : deal.shards(), () -> empty.apply(header));
  }

  /** What a part has for a portion. */
  private static final class Piece implements Serializable {
    private static final long serialVersionUID = 1;
    final int part;
    final Portion portion;

    Piece(int part, Portion portion) {
      this.part = part;
      this.portion = portion;
    }
  }

  private record Cut(Pieces all) implements Function2<Integer, Iterator<Packed>, Iterator<Tuple2<Integer, Piece>>> {
    @Override public Iterator<Tuple2<Integer, Piece>> call(Integer index, Iterator<Packed> parts) {
      return all.cut(index, parts.next().part);
    }
  }

  private Iterator<Tuple2<Integer, Piece>> cut(int index, TablePart part) {
    Portion[] portions = portions(Block::new);
    add(index, part, portions);
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    for (int i = 0; i < portions.length; i++) {
      portions[i].trim();
      pieces.add(new Tuple2<>(i, new Piece(index, portions[i])));
    }
    return pieces.iterator();
  }

  private Portion[] portions(Function<Header, Block> empty) {
    Portion[] portions = new Portion[starts.length];
    Arrays.setAll(portions, i -> portion(i, empty));
    return portions;
  }

  /** Appends the rows of part {@code index} to the portions. */
  private void add(int index, TablePart part, Portion[] portions) {
    for (int row = 0; row < part.trained.rows(); row++) {
      long place = deal.position(numbers.firstTrained()[index] + row);
      boolean held = place < 0;
      block(portions, held ? Split.VALIDATION : Split.TRAIN, held ? -1 - place : place).add(part.trained, row,
          numbers.scale());
    }
    for (int row = 0; row < part.held.rows(); row++)
      block(portions, Split.VALIDATION, numbers.firstHeld()[index] + row).add(part.held, row, numbers.heldScale());
  }

  private Block block(Portion[] portions, Split split, long place) {
    int shard = (int) (place % deal.shards()), found = Arrays.binarySearch(starts, shard);
    return portions[found < 0 ? -2 - found : found].block(split, shard);
  }

  private record Join(Pieces all) implements Function2<Integer, Iterator<Tuple2<Integer, Piece>>, Iterator<Portion>> {
    @Override public Iterator<Portion> call(Integer index, Iterator<Tuple2<Integer, Piece>> arrived) {
      List<Piece> pieces = new ArrayList<>();
      arrived.forEachRemaining(each -> pieces.add(each._2()));
      pieces.sort(Comparator.comparingInt(piece -> piece.part));
      Portion portion = all.portion(index, Block::new);
      for (Piece piece : pieces) portion.addAll(piece.portion);
      portion.trim();
      return List.of(portion).iterator();
    }
  }
}
