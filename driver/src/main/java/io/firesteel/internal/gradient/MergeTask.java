package io.firesteel.internal.gradient;

import io.firesteel.array.Floats;
import org.apache.spark.TaskContext;
import scala.Tuple2;
import scala.collection.Iterator;

/** Merges what one level of the tree brings to one reducer, in whatever order the pieces come. */
final class MergeTask extends PartitionTask<Tuple2<Integer, GradientSum>, GradientSum[]> {
    private static final long serialVersionUID = 1;

    private final MergeLevel level;
    private final int shards;

    MergeTask(MergeLevel level, int shards) {
        this.level = level;
        this.shards = shards;
    }

    @Override
    public GradientSum[] apply(TaskContext context, Iterator<Tuple2<Integer, GradientSum>> pieces) {
        int group = context.partitionId() / level.slices, from = level.from(group), to = level.to(group);
        TreeFold fold = new TreeFold(
                new ReductionTree(shards).within(from, to),
                from,
                to,
                (right, left) -> Floats.add(right.gradient(), left.gradient(), 0, left.gradient().length));
        while (pieces.hasNext()) fold.put(pieces.next()._2);
        return fold.heads().toArray(GradientSum[]::new);
    }
}
