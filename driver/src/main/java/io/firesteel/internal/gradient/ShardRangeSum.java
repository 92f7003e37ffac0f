package io.firesteel.internal.gradient;

import io.firesteel.internal.gradient.ReductionTree.Merge;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.shard.ShardLookup;
import io.firesteel.internal.shard.Split;
import io.firesteel.loss.Score;
import java.util.List;

/**
 * The sums of a range of shards, each merged as soon as its sibling is there, so that few vectors are alive. One
 * thread's.
 */
final class ShardRangeSum {
    final int from;
    final int to;
    private final ShardWorker worker;
    private final BufferPool vectors;
    private final List<Merge> merges;
    private final boolean compares; // whether there are shards to compare
    private final float[][] sums; // [shard - from]: where a head's gradient lies
    private final Score[] scores; // [shard - from]
    private final double[][] squares; // [shard - from]: of a head; null until they are known

    ShardRangeSum(ReductionTree tree, int from, int to, ShardWorker worker, BufferPool vectors) {
        this.from = from;
        this.to = to;
        this.worker = worker;
        this.vectors = vectors;
        this.merges = tree.within(from, to);
        this.compares = tree.shards() > 1;
        this.sums = new float[to - from][];
        this.scores = new Score[to - from];
        this.squares = new double[to - from][];
    }

    /** The gradient in {@code head}'s slot; overwritten by the next sum. */
    float[] gradient(int head) {
        return sums[head - from];
    }

    SumStats tally(int head) {
        return new SumStats(scores[head - from], squares[head - from]);
    }

    /** Sums the gradients of the batch's rows; all vectors of before are void. */
    void gradients(ShardLookup blocks, float[] params, Batch batch) {
        vectors.reclaim();
        boolean measures = compares && batch.step() % NoiseScale.every(params.length) == 0;
        for (int shard = from; shard < to; shard++) {
            float[] sum = vectors.take(params.length);
            sums[shard - from] = sum;
            squares[shard - from] = measures ? null : SumStats.NONE;
            scores[shard - from] = worker.gradient(blocks.block(Split.TRAIN, shard), shard, params, batch, sum);
            for (Merge merge : merges) if (merge.end() == shard + 1) merge(merge.into() - from, merge.from() - from);
        }
        for (int i = 0; i < squares.length; i++)
            if (squares[i] == null) squares[i] = mean(i, worker.squares().of(sums[i]));
    }

    /** Adds a node to its sibling, and the squares of each where it is a leaf. */
    private void merge(int into, int other) {
        double[] left = squares[into] == null ? worker.squares().zeros() : null;
        double[] right = squares[other] == null ? worker.squares().zeros() : null;
        worker.squares().add(sums[other], sums[into], right, left);
        if (left != null) squares[into] = mean(into, left);
        if (right != null) squares[other] = mean(other, right);
        for (int i = 0; i < squares[into].length; i++) squares[into][i] += squares[other][i];
        vectors.giveBack(sums[other]);
        scores[into] = scores[into].plus(scores[other]);
    }

    /** |sum over b rows|^2 / b, in place; a shard without rows has zeros. */
    private double[] mean(int leaf, double[] square) {
        double rows = Math.max(1, scores[leaf].rows());
        for (int i = 0; i < square.length; i++) square[i] /= rows;
        return square;
    }

    /** Sums the scores of all rows of a split. */
    void scores(ShardLookup blocks, float[] params, Split split) {
        for (int shard = from; shard < to; shard++) {
            scores[shard - from] = worker.score(blocks.block(split, shard), params);
            squares[shard - from] = SumStats.NONE;
        }
        for (Merge merge : merges) {
            int into = merge.into() - from;
            scores[into] = scores[into].plus(scores[merge.from() - from]);
        }
    }
}
