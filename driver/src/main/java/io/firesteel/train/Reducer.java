package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.train.Tree.Merge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * Merges what a round brings to one reducer. Pieces come in any order; two meet only when they are siblings in the
 * tree.
 */
final class Reducer extends Task<Tuple2<Integer, Partial>, Partial[]> {
    private static final long serialVersionUID = 1;

    private final Round round;
    private final int shards;

    Reducer(Round round, int shards) {
        this.round = round;
        this.shards = shards;
    }

    @Override
    public Partial[] apply(TaskContext context, Iterator<Tuple2<Integer, Partial>> pieces) {
        int group = context.partitionId() / round.slices, from = round.from(group), to = round.to(group);
        List<Merge> merges = new Tree(shards).within(from, to);
        Partial[] nodes = new Partial[to - from]; // by head
        while (pieces.hasNext()) {
            Partial piece = pieces.next()._2;
            nodes[piece.head - from] = piece;
            for (Merge merge : merges) { // children before parents, so that one pass does all that has become possible
                Partial left = nodes[merge.into() - from], right = nodes[merge.from() - from];
                if (left == null || right == null || left.end != merge.from() || right.end != merge.end()) continue;
                nodes[merge.into() - from] = merged(left, right);
                nodes[merge.from() - from] = null;
            }
        }
        List<Partial> left = new ArrayList<>();
        for (Partial node : nodes) if (node != null) left.add(node);
        return left.toArray(Partial[]::new);
    }

    /** Adds the right sibling into the left one's vector. */
    private static Partial merged(Partial left, Partial right) {
        float[] sum = left.gradient.values();
        Floats.add(right.gradient.values(), sum, 0, sum.length);
        Tally tally = left.tally().plus(right.tally());
        Partial merged = new Partial(left.head, right.end, left.gradient, tally, left.times);
        merged.times.addAll(right.times);
        return merged;
    }
}
