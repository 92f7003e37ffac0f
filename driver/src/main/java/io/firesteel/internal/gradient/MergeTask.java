package io.firesteel.internal.gradient;

import io.firesteel.array.Floats;
import io.firesteel.internal.gradient.ReductionTree.Merge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * Merges what a round brings to one reducer. Pieces come in any order; two meet only when they are siblings in the
 * tree.
 */
final class MergeTask extends PartitionTask<Tuple2<Integer, PartialSum>, PartialSum[]> {
    private static final long serialVersionUID = 1;

    private final MergeLevel round;
    private final int shards;

    MergeTask(MergeLevel round, int shards) {
        this.round = round;
        this.shards = shards;
    }

    @Override
    public PartialSum[] apply(TaskContext context, Iterator<Tuple2<Integer, PartialSum>> pieces) {
        int group = context.partitionId() / round.slices, from = round.from(group), to = round.to(group);
        List<Merge> merges = new ReductionTree(shards).within(from, to);
        PartialSum[] nodes = new PartialSum[to - from]; // by head
        while (pieces.hasNext()) {
            PartialSum piece = pieces.next()._2;
            nodes[piece.head - from] = piece;
            for (Merge merge : merges) { // children before parents, so that one pass does all that has become possible
                PartialSum left = nodes[merge.into() - from], right = nodes[merge.from() - from];
                if (left == null || right == null || left.end != merge.from() || right.end != merge.end()) continue;
                nodes[merge.into() - from] = merged(left, right);
                nodes[merge.from() - from] = null;
            }
        }
        List<PartialSum> left = new ArrayList<>();
        for (PartialSum node : nodes) if (node != null) left.add(node);
        return left.toArray(PartialSum[]::new);
    }

    /** Adds the right sibling into the left one's vector. */
    private static PartialSum merged(PartialSum left, PartialSum right) {
        float[] sum = left.gradient.values();
        Floats.add(right.gradient.values(), sum, 0, sum.length);
        SumStats tally = left.tally().plus(right.tally());
        PartialSum merged = new PartialSum(left.head, right.end, left.gradient, tally, left.times);
        merged.times.addAll(right.times);
        return merged;
    }
}
