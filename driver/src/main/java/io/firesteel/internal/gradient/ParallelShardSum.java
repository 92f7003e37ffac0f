package io.firesteel.internal.gradient;

import io.firesteel.array.Floats;
import io.firesteel.internal.gradient.ReductionTree.Merge;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardLookup;
import io.firesteel.internal.shard.Split;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The sums of the shards [from, to) on the threads of a team. Each thread owns a range of them; what is left of the
 * tree within [from, to) is merged slice by slice on all threads.
 */
final class ParallelShardSum {
    private final Threads threads;
    private final int[] starts; // range i is the shards [starts[i], starts[i + 1])
    private final ShardRangeSum[] ranges;
    private final List<Merge> across;
    private final SumStats[] tallies; // [shard - from]

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
        starts = ReductionTree.ranges(from, to, threads.team.size());
        across = tree.across(starts, to);
        tallies = new SumStats[to - from];
        ranges = new ShardRangeSum[starts.length];
        for (int i = 0; i < ranges.length; i++)
            ranges[i] = new ShardRangeSum(
                    tree,
                    starts[i],
                    i + 1 < starts.length ? starts[i + 1] : to,
                    threads.workers[i],
                    threads.vectors[i]);
    }

    /** The gradient in {@code head}'s slot; overwritten by the next sum. */
    float[] gradient(int head) {
        return range(head).gradient(head);
    }

    /** What stands beside it. */
    SumStats tally(int head) {
        return tallies[head - starts[0]];
    }

    private ShardRangeSum range(int shard) {
        int place = Arrays.binarySearch(starts, shard);
        return ranges[place < 0 ? -2 - place : place];
    }

    /** Every thread sums the gradients of its shards' rows of the batch; what each took. */
    List<TaskTime> gradients(ShardLookup blocks, float[] params, Batch batch) {
        TaskTime[] times = new TaskTime[ranges.length];
        threads.team.run(member -> {
            if (member >= ranges.length) return;
            double begun = TaskTime.clock();
            long start = System.nanoTime();
            ranges[member].gradients(blocks, params, batch);
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

    /** Merges what {@link #gradients} has left, vectors of {@code size}. */
    void merge(int size) {
        if (!across.isEmpty()) threads.team.slices(size, this::merge);
        mergeTallies();
    }

    /** The same where one is left; its squared norm by slice. */
    double[] mergeAll() {
        double[] norms = threads.worker().squares().of(gradient(starts[0]), threads.team, this::merge);
        mergeTallies();
        return norms;
    }

    private void merge(int member, int from, int to) {
        for (Merge merge : across) Floats.add(gradient(merge.from()), gradient(merge.into()), from, to);
    }

    /** Sums the scores of all rows of a split. */
    void scores(ShardLookup blocks, float[] params, Split split) {
        threads.team.run(member -> {
            if (member < ranges.length) ranges[member].scores(blocks, params, split);
        });
        mergeTallies();
    }

    private void mergeTallies() {
        int from = starts[0];
        Arrays.setAll(tallies, i -> range(from + i).tally(from + i));
        for (Merge merge : across)
            tallies[merge.into() - from] = tallies[merge.into() - from].plus(tallies[merge.from() - from]);
    }
}
