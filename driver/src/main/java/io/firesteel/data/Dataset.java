package io.firesteel.data;

import io.firesteel.data.Portion.Split;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * The sources of a run with their rows counted and dealt. Small; it travels to the executors, which then read their own portions.
 * Counting has read every row once, so that bad data is found before anything starts.
 */
public final class Dataset implements Rows, Serializable {
  private static final long serialVersionUID = 1;

  private final Source train;
  private final Source test; // null when there is none
  private final int classes;
  private final Deal deal;
  private final Census trainCensus;
  private final Census testCensus; // null when there is no test set

  /**
   * Scans the sources.
   *
   * @param test null when there is none
   * @param classes labels are 0..classes-1
   */
  public Dataset(Source train, Source test, Validation validation, int classes, int shards, long seed)
      throws IOException {
    this.train = train;
    this.test = test;
    this.classes = classes;
    this.trainCensus = train.count(classes);
    this.deal = new Deal(trainCensus.rows(), validation, shards, seed);
    if (test != null && !test.header().equals(train.header()))
      throw new SpecException("data.test has rows of " + test.header() + ", data.train of " + train.header());
    this.testCensus = test == null ? null : test.count(classes);
  }

  @Override public Header header() throws IOException { return train.header(); }

  @Override public long trainRows() { return deal.trained(); }

  @Override public long validationRows() { return deal.held(); }

  @Override public long testRows() { return testCensus == null ? 0 : testCensus.rows(); }

  @Override public Census trainCensus() { return trainCensus; }

  @Override public Census testCensus() { return testCensus; }

  @Override public JavaRDD<Portion> portions(JavaSparkContext spark, int[] starts) {
    List<Integer> numbers = IntStream.range(0, starts.length).boxed().toList();
    return spark.parallelize(numbers, starts.length).map(new Read(this, starts));
  }

  private record Read(Dataset dataset, int[] starts) implements Function<Integer, Portion> {
    @Override public Portion call(Integer i) {
      return dataset.portion(starts[i], i + 1 < starts.length ? starts[i + 1] : dataset.deal.shards());
    }
  }

  /** Reads the rows of shards [from, to). */
  public Portion portion(int from, int to) {
    try {
      Portion portion = new Portion(from, to, train.header());
      train.read(classes, (row, pixels, values, targets) -> {
        long place = deal.position(row);
        int shard = (int) ((place < 0 ? -1 - place : place) % deal.shards());
        if (portion.holds(shard))
          portion.block(place < 0 ? Split.VALIDATION : Split.TRAIN, shard).add(pixels, values, targets);
      });
      if (test != null) test.read(classes, (row, pixels, values, targets) -> {
        int shard = (int) (row % deal.shards());
        if (portion.holds(shard)) portion.block(Split.TEST, shard).add(pixels, values, targets);
      });
      portion.trim();
      return portion;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
