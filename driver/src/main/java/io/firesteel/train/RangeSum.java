package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.data.Blocks;
import io.firesteel.data.Portion.Split;
import io.firesteel.loss.Score;
import io.firesteel.train.Tree.Merge;
import java.util.List;

/** The sums of a range of shards, each merged as soon as its sibling is there, so that few vectors are alive. One thread's. */
final class RangeSum {
  final int from;
  final int to;
  private final Worker worker;
  private final Vectors vectors;
  private final List<Merge> merges;
  private final float[][] sums; // [shard - from]: where a head's gradient lies
  private final Score[] scores; // [shard - from]

  RangeSum(Tree tree, int from, int to, Worker worker, Vectors vectors) {
    this.from = from;
    this.to = to;
    this.worker = worker;
    this.vectors = vectors;
    this.merges = tree.within(from, to);
    this.sums = new float[to - from][];
    this.scores = new Score[to - from];
  }

  /** The gradient in {@code head}'s slot; overwritten by the next sum. */
  float[] gradient(int head) {
    return sums[head - from];
  }

  Score score(int head) { return scores[head - from]; }

  /** Sums the gradients of the batch's rows; all vectors of before are void. */
  void gradients(Blocks blocks, float[] params, Batch batch) {
    vectors.reclaim();
    for (int shard = from; shard < to; shard++) {
      float[] sum = vectors.take(params.length);
      sums[shard - from] = sum;
      scores[shard - from] = worker.gradient(blocks.block(Split.TRAIN, shard), shard, params, batch, sum);
      for (Merge merge : merges) {
        if (merge.end() != shard + 1) continue;
        int into = merge.into() - from, other = merge.from() - from;
        Floats.add(sums[other], sums[into], 0, params.length);
        vectors.giveBack(sums[other]);
        scores[into] = scores[into].plus(scores[other]);
      }
    }
  }

  /** Sums the scores of all rows of a split. */
  void scores(Blocks blocks, float[] params, Split split) {
    for (int shard = from; shard < to; shard++) scores[shard - from] = worker.score(blocks.block(split, shard), params);
    for (Merge merge : merges) {
      int into = merge.into() - from;
      scores[into] = scores[into].plus(scores[merge.from() - from]);
    }
  }
}
