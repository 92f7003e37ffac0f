package io.firesteel.train;

import io.firesteel.loss.Score;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of a node of the tree, the shards [head, end), on its way to where it is merged: the whole gradient or a slice of it. A
 * plain class, since Kryo 4 cannot write records.
 */
final class Partial implements Serializable {
  private static final long serialVersionUID = 1;

  final int head;
  final int end;
  final Flat gradient; // null in a score
  /** What the tasks behind it took; with one piece of each task only. */
  final ArrayList<TaskTime> times = new ArrayList<>(1);
  private final double lossSum;
  private final long hits;
  private final long rows;

  Partial(int head, int end, Flat gradient, Score score) {
    this.head = head;
    this.end = end;
    this.gradient = gradient;
    this.lossSum = score.lossSum();
    this.hits = score.hits();
    this.rows = score.rows();
  }

  Partial(int head, int end, Flat gradient, Score score, List<TaskTime> times) {
    this(head, end, gradient, score);
    this.times.addAll(times);
  }

  Score score() { return new Score(lossSum, hits, rows); }
}
