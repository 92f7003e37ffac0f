package io.firesteel.internal.gradient;

import io.firesteel.internal.gradient.ReductionTree.Merge;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardLookup;
import io.firesteel.internal.shard.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The sums of the shards [from, to) on the threads of a team. Each thread owns a range of them; what is left of the
 * tree within [from, to) is merged slice by slice on all threads.
 */
final class ParallelShardSum {
    private final Threads threads;
    private final int from;
    private final int to;
    private final SequentialShardSum[] ranges;
    private final List<Merge> across;
    private final List<List<GradientSum>> heads; // of each range

    /** A team, and what each of its threads keeps from one sum to the next. */
    static final class Threads {
        final ThreadTeam team;
        private final ShardWorker[] workers;
        private final BufferPool[] vectors;

        Threads(ThreadTeam team, Supplier<ShardWorker> worker) {
            this.team = team;
            workers = new ShardWorker[team.size()];
            vectors = new BufferPool[team.size()];
            Arrays.setAll(workers, member -> worker.get());
            Arrays.setAll(vectors, member -> new BufferPool());
        }

        /** One of the workers, for what a thread does alone. */
        ShardWorker worker() {
            return workers[0];
        }
    }

    ParallelShardSum(ReductionTree tree, int from, int to, Threads threads) {
        this.threads = threads;
        this.from = from;
        this.to = to;
        int[] starts = ReductionTree.ranges(from, to, threads.team.size());
        across = tree.across(starts, to);
        heads = new ArrayList<>(Collections.nCopies(starts.length, List.of()));
        ranges = new SequentialShardSum[starts.length];
        for (int i = 0; i < ranges.length; i++)
            ranges[i] = new SequentialShardSum(
                    tree,
                    starts[i],
                    i + 1 < starts.length ? starts[i + 1] : to,
                    threads.workers[i],
                    threads.vectors[i]);
    }

    /** Every thread sums the gradients of its shards' rows of the batch; what each took. */
    List<TaskTime> gradients(ShardLookup blocks, float[] params, Batch batch) {
        TaskTime[] times = new TaskTime[ranges.length];
        threads.team.run(member -> {
            if (member >= ranges.length) return;
            double begun = TaskTime.clock();
            long start = System.nanoTime();
            heads.set(member, ranges[member].gradients(blocks, params, batch));
            times[member] = new TaskTime(
                    "thread " + member,
                    ranges[member].from,
                    ranges[member].to,
                    begun,
                    0,
                    (System.nanoTime() - start) / 1e9,
                    0,
                    0);
        });
        return List.of(times);
    }

    /** Merges what {@link #gradients} has left, vectors of {@code size}; the heads of the whole range. */
    List<GradientSum> merge(int size) {
        SlicedAdds adds = new SlicedAdds();
        List<GradientSum> merged = fold(adds);
        if (!adds.isEmpty()) threads.team.slices(size, adds);
        return merged;
    }

    /** The same where one head is left, with its squared norm by slice. */
    GradientSum mergeAll() {
        SlicedAdds adds = new SlicedAdds();
        GradientSum total = fold(adds).get(0);
        total.norms = threads.worker().norms().of(total.gradient(), threads.team, adds);
        return total;
    }

    /** The heads of the whole range over all rows of a split, without gradients. */
    List<GradientSum> evaluations(ShardLookup blocks, float[] params, Split split) {
        threads.team.run(member -> {
            if (member < ranges.length) heads.set(member, ranges[member].evaluations(blocks, params, split));
        });
        return fold((right, left) -> {});
    }

    private List<GradientSum> fold(TreeFold.VectorAdd vectors) {
        TreeFold fold = new TreeFold(across, from, to, vectors);
        for (List<GradientSum> range : heads) range.forEach(fold::put);
        return fold.heads();
    }
}
