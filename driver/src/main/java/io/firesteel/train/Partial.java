package io.firesteel.train;

import io.firesteel.loss.Score;
import java.io.Serializable;

/** The sum of a subtree of shards on its way to the driver. A plain class, since Kryo 4 cannot write records. */
final class Partial implements Serializable {
  private static final long serialVersionUID = 1;

  final int head; // the first shard of the subtree
  final Flat gradient; // null in a score
  private final double lossSum;
  private final long hits;
  private final long rows;

  Partial(int head, float[] gradient, Score score) {
    this.head = head;
    this.gradient = gradient == null ? null : new Flat(gradient);
    this.lossSum = score.lossSum();
    this.hits = score.hits();
    this.rows = score.rows();
  }

  Score score() { return new Score(lossSum, hits, rows); }
}
