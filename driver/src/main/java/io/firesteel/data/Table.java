package io.firesteel.data;

import io.firesteel.array.Random64;
import io.firesteel.data.Portion.Split;
import io.firesteel.data.TablePart.Packed;
import io.firesteel.data.TablePart.Tally;
import io.firesteel.model.Normalization;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The rows of a DataFrame, packed once where Spark has them and dealt through one shuffle. Rows are numbered in the order of their
 * partitions, and every shard has them in that order, so that the shuffle does not show: the same partitions give the same bits,
 * which are those of a file with the same rows.
 */
public final class Table implements Rows, AutoCloseable {
  private final Header header;
  private final JavaRDD<Packed> parts;
  private final Census census;
  private final Deal deal;
  private final long heldByColumn;
  private final Numbers numbers;
  private final long checksum;

  /** Where the rows of each part stand among all, and what their weights are multiplied by, so that their mean is 1. */
  private record Numbers(long[] firstTrained, long[] firstHeld, float scale, float heldScale) implements Serializable {}

  /**
   * Reads the whole table once.
   *
   * @param classes labels are 0..classes-1
   * @param validation which rows are held out where no column says so
   * @throws SpecException at a bad row that the policy does not put up with, naming partition, row and column
   */
  public Table(Dataset<Row> table, Columns columns, Header header, int classes, BadRows bad, Validation validation,
      int shards,
      long seed) {
    this.header = header;
    this.census = new Census(bad);
    Dataset<Row> selected = columns.select(table);
    CellReader reader = new CellReader(columns, selected.schema(), header, classes, bad);
    parts = selected.javaRDD().mapPartitionsWithIndex(new Pack(reader, header, bad, columns.weight() != null), true);
    parts.persist(StorageLevel.MEMORY_AND_DISK());
    List<Tally> tallies = parts.map(packed -> packed.tally).collect();
    try {
      for (Tally tally : tallies) {
        if (tally.bad != null) throw tally.bad;
        census.add(tally.census);
      }
      this.numbers = numbers(tallies, columns.weight());
      long trained = tallies.stream().mapToLong(tally -> tally.trained).sum();
      if (trained == 0)
        throw new SpecException("columns " + columns.names() + ": zero rows; training needs at least one");
      this.heldByColumn = tallies.stream().mapToLong(tally -> tally.held).sum();
      this.deal = new Deal(trained, heldByColumn > 0 ? Validation.NONE : validation, shards, seed);
    } catch (SpecException e) {
      close();
      throw e;
    }
    long sum = 0;
    for (Tally tally : tallies) sum = Random64.mix(sum ^ tally.checksum);
    this.checksum = sum;
  }

  private static Numbers numbers(List<Tally> tallies, String weight) {
    long[] trained = new long[tallies.size()], held = new long[tallies.size()];
    long trainedRows = 0, heldRows = 0;
    double trainedWeight = 0, heldWeight = 0;
    for (int i = 0; i < trained.length; i++) {
      Tally tally = tallies.get(i);
      trained[i] = trainedRows;
      held[i] = heldRows;
      trainedRows += tally.trained;
      heldRows += tally.held;
      trainedWeight += tally.trainedWeight;
      heldWeight += tally.heldWeight;
    }
    if (trainedRows > 0 && trainedWeight == 0 || heldRows > 0 && heldWeight == 0)
      throw new SpecException("column \"" + weight + "\": all weights are 0; give some row a weight");
    return new Numbers(trained, held, (float) (trainedRows / trainedWeight), (float) (heldRows / heldWeight));
  }

  private record Pack(CellReader reader, Header header, BadRows bad, boolean weighted)
      implements
        Function2<Integer, Iterator<Row>, Iterator<Packed>> {
    @Override public Iterator<Packed> call(Integer index, Iterator<Row> rows) {
      return List.of(TablePart.pack(index, rows, reader, header, bad, weighted)).iterator();
    }
  }

  @Override public Header header() { return header; }

  @Override public long trainRows() { return deal.trained(); }

  @Override public long validationRows() { return heldByColumn + deal.held(); }

  @Override public long testRows() { return 0; }

  @Override public Census trainCensus() { return census; }

  @Override public Census testCensus() { return null; }

  /** A number that differs where the rows do. */
  public long checksum() { return checksum; }

  /** What brings every channel to mean 0 and deviation 1, learned on the rows that train. */
  public Normalization standardization() {
    Moments all = new Moments(header);
    for (Moments part : parts.mapPartitionsWithIndex(new Measure(header, deal, numbers), true).collect())
      all = all.plus(part);
    return all.normalization();
  }

  private record Measure(Header header, Deal deal, Numbers numbers)
      implements
        Function2<Integer, Iterator<Packed>, Iterator<Moments>> {
    @Override public Iterator<Moments> call(Integer index, Iterator<Packed> parts) {
      Moments moments = new Moments(header);
      Block rows = parts.next().part.trained;
      for (int row = 0; row < rows.rows(); row++)
        if (deal.position(numbers.firstTrained[index] + row) >= 0) rows.measure(row, moments);
      return List.of(moments).iterator();
    }
  }

  @Override public JavaRDD<Portion> portions(JavaSparkContext spark, int[] starts) {
    Cut cut = new Cut(header, deal, numbers, starts);
    return JavaPairRDD.fromJavaRDD(parts.mapPartitionsWithIndex(cut, true))
        .partitionBy(new HashPartitioner(starts.length))
        .mapPartitionsWithIndex(new Join(cut), true);
  }

  /** No shuffle, and no part is kept once it is dealt. */
  @Override public List<Portion> portionsHere(JavaSparkContext spark, int[] starts) {
    List<Packed> packed = Dealing.handed(parts);
    close();
    Cut cut = new Cut(header, deal, numbers, starts);
    Portion[] portions = cut.portions();
    for (int i = 0; i < packed.size(); i++) cut.add(i, packed.set(i, null).part, portions);
    for (Portion portion : portions) portion.trim();
    return List.of(portions);
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

  /** Cuts a part into pieces, one for every portion. */
  private record Cut(Header header, Deal deal, Numbers numbers, int[] starts)
      implements
        Function2<Integer, Iterator<Packed>, Iterator<Tuple2<Integer, Piece>>> {
    Portion portion(int i) {
      return new Portion(starts[i], i + 1 < starts.length ? starts[i + 1] : deal.shards(), header);
    }

    Portion[] portions() {
      Portion[] portions = new Portion[starts.length];
      Arrays.setAll(portions, this::portion);
      return portions;
    }

    @Override public Iterator<Tuple2<Integer, Piece>> call(Integer index, Iterator<Packed> parts) {
      Portion[] portions = portions();
      add(index, parts.next().part, portions);
      List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
      for (int i = 0; i < portions.length; i++) {
        portions[i].trim();
        pieces.add(new Tuple2<>(i, new Piece(index, portions[i])));
      }
      return pieces.iterator();
    }

    /** Appends the rows of part {@code index} to the portions. */
    void add(int index, TablePart part, Portion[] portions) {
      for (int row = 0; row < part.trained.rows(); row++) {
        long place = deal.position(numbers.firstTrained[index] + row);
        boolean held = place < 0;
        block(portions, held ? Split.VALIDATION : Split.TRAIN, held ? -1 - place : place).add(part.trained, row,
            numbers.scale);
      }
      for (int row = 0; row < part.held.rows(); row++)
        block(portions, Split.VALIDATION, numbers.firstHeld[index] + row).add(part.held, row, numbers.heldScale);
    }

    private Block block(Portion[] portions, Split split, long place) {
      int shard = (int) (place % deal.shards()), found = Arrays.binarySearch(starts, shard);
      return portions[found < 0 ? -2 - found : found].block(split, shard);
    }
  }

  /** Joins a portion's pieces in the order of the parts. */
  private record Join(Cut cut) implements Function2<Integer, Iterator<Tuple2<Integer, Piece>>, Iterator<Portion>> {
    @Override public Iterator<Portion> call(Integer index, Iterator<Tuple2<Integer, Piece>> arrived) {
      List<Piece> pieces = new ArrayList<>();
      arrived.forEachRemaining(each -> pieces.add(each._2()));
      pieces.sort(Comparator.comparingInt(piece -> piece.part));
      Portion portion = cut.portion(index);
      for (Piece piece : pieces) portion.addAll(piece.portion);
      portion.trim();
      return List.of(portion).iterator();
    }
  }

  /** Gives the packed rows back to Spark. */
  @Override public void close() { parts.unpersist(false); }
}
