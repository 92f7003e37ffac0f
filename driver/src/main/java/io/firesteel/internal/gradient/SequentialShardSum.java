package io.firesteel.internal.gradient;

import io.firesteel.internal.gradient.ReductionTree.Merge;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.shard.ShardLookup;
import io.firesteel.internal.shard.Split;
import java.util.List;

/**
 * The sums of a range of shards, each merged as soon as its sibling is there, so that few vectors are alive. Not
 * thread-safe.
 */
final class SequentialShardSum {
    final int from;
    final int to;
    private final ShardWorker worker;
    private final BufferPool vectors;
    private final List<Merge> merges;
    private final boolean compares; // whether there are shards to compare

    SequentialShardSum(ReductionTree tree, int from, int to, ShardWorker worker, BufferPool vectors) {
        this.from = from;
        this.to = to;
        this.worker = worker;
        this.vectors = vectors;
        this.merges = tree.within(from, to);
        this.compares = tree.shards() > 1;
    }

    /** The heads of the range's subtrees over the batch's rows; invalidates the vectors of the sums before. */
    List<GradientSum> gradients(ShardLookup blocks, float[] params, Batch batch) {
        vectors.reclaim();
        boolean measures = compares && batch.step() % NoiseScale.every(params.length) == 0;
        TreeFold fold = new TreeFold(merges, from, to, this::merge);
        for (int shard = from; shard < to; shard++)
            fold.put(worker.gradient(
                    blocks.block(Split.TRAIN, shard),
                    shard,
                    params,
                    batch,
                    vectors.take(params.length),
                    measures ? null : GradientSum.NOT_MEASURED));
        List<GradientSum> heads = fold.heads();
        for (GradientSum head : heads)
            if (head.squares == null) head.squares = mean(head, worker.norms().of(head.gradient()));
        return heads;
    }

    /** Adds the vectors of two siblings, and measures each where it is a leaf. */
    private void merge(GradientSum right, GradientSum left) {
        double[] ofLeft = left.squares == null ? worker.norms().zeros() : null;
        double[] ofRight = right.squares == null ? worker.norms().zeros() : null;
        worker.norms().add(right.gradient(), left.gradient(), ofRight, ofLeft);
        if (ofLeft != null) left.squares = mean(left, ofLeft);
        if (ofRight != null) right.squares = mean(right, ofRight);
        vectors.giveBack(right.gradient());
    }

    /** |sum over b rows|^2 / b, in place; a shard without rows has zeros. */
    private static double[] mean(GradientSum leaf, double[] square) {
        double rows = Math.max(1, leaf.sums.rows);
        for (int i = 0; i < square.length; i++) square[i] /= rows;
        return square;
    }

    /** The heads of the range's subtrees over all rows of a split, without gradients. */
    List<GradientSum> evaluations(ShardLookup blocks, float[] params, Split split) {
        TreeFold fold = new TreeFold(merges, from, to, (right, left) -> {});
        for (int shard = from; shard < to; shard++)
            fold.put(worker.evaluation(blocks.block(split, shard), shard, params));
        return fold.heads();
    }
}
