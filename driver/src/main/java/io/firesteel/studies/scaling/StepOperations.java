package io.firesteel.studies.scaling;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.MergeLevel;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.gradient.WorkerConfig;
import java.util.Arrays;
import java.util.List;

/**
 * Operation counts on the critical path of one step, derived from its reduction tree and merge levels.
 *
 * @param stages consecutive Spark stages; 1 in process, too
 * @param tasks tasks that the driver starts and collects
 * @param wire floats sent over a link, one after the other
 * @param rows training rows of the largest task
 * @param passes forward and backward passes of that task
 * @param taskAdds floats added by the largest task
 * @param adds floats added after the tasks, on executors and on the driver, divided by the driver's threads there
 * @param updates floats updated by a thread of the driver
 */
public record StepOperations(
        int stages, int tasks, double wire, double rows, double passes, double taskAdds, double adds, double updates) {
    private static final int TAKEN = 16; // sums that the driver merges itself, as in AggregationPlan

    /**
     * Counts the operations of a step.
     *
     * @param route {@code in-process}, {@code spark} or {@code spark-slices}
     * @param threads threads of the driver
     * @param floats length of the gradient vector
     */
    public static StepOperations of(String route, int workers, int threads, int shards, int batch, long floats) {
        ReductionTree tree = new ReductionTree(shards);
        int[] starts = tree.ranges(workers);
        WorkerConfig job = new WorkerConfig("", null, batch, shards, 0, null);
        Batch rows = new Batch(0, 0, 0, batch);
        double most = 0, passes = 0;
        int within = 0, heads = 0;
        for (int i = 0; i < starts.length; i++) {
            int to = i + 1 < starts.length ? starts[i + 1] : shards;
            double mine = 0, myPasses = 0;
            for (int shard = starts[i]; shard < to; shard++) {
                long share = rows.end(shard, shards) - rows.first(shard, shards);
                mine += share;
                long shardPasses = (share + job.passRows() - 1) / job.passRows();
                myPasses += shardPasses;
            }
            int ownHeads = tree.heads(starts[i], to).size();
            heads += ownHeads;
            within = Math.max(within, to - starts[i] - ownHeads);
            most = Math.max(most, mine);
            passes = Math.max(passes, myPasses);
        }
        double down = floats
                * Math.ceil(Math.log(starts.length + 1)
                        / Math.log(2)); // the number of executors that have the parameters doubles each time
        double own = (double) within * floats, update = (double) floats / threads, rest = (double) floats * (heads - 1);
        return switch (route) {
            case "in-process" -> new StepOperations(1, starts.length, 0, most, passes, own, rest / threads, update);
            case "spark-slices" ->
                new StepOperations(
                        2,
                        2 * starts.length,
                        down + (double) floats * heads / starts.length + floats,
                        most,
                        passes,
                        own,
                        rest / starts.length,
                        update);
            default ->
                rounds(
                        tree,
                        starts,
                        heads,
                        new StepOperations(1, starts.length, down, most, passes, own, 0, update),
                        threads,
                        floats);
        };
    }

    /** Adds the middle levels of the tree, if any, and the driver's part of it. */
    private static StepOperations rounds(
            ReductionTree tree, int[] tasks, int heads, StepOperations work, int threads, long floats) {
        List<MergeLevel> rounds = MergeLevel.groups(tasks, TAKEN, tree.shards());
        int[] from = tasks;
        int stages = 1, started = tasks.length, left = heads;
        double wire = work.wire, adds = 0;
        for (MergeLevel round : rounds) {
            int largest = 0;
            left = 0;
            for (int group = 0; group < round.starts.length; group++) {
                int begin = round.from(group), end = round.to(group), in = 0;
                for (int i = 0; i < from.length; i++)
                    if (from[i] >= begin && from[i] < end)
                        in += tree.heads(from[i], i + 1 < from.length ? from[i + 1] : tree.shards())
                                .size();
                int out = tree.heads(begin, end).size();
                largest = Math.max(largest, in);
                adds = Math.max(adds, (double) floats * (in - out));
                left += out;
            }
            wire += (double) floats * largest;
            stages++;
            started += round.starts.length;
            from = Arrays.copyOf(round.starts, round.starts.length);
        }
        return new StepOperations(
                stages,
                started,
                wire + (double) floats * left,
                work.rows,
                work.passes,
                work.taskAdds,
                adds * rounds.size() + (double) floats * (left - 1) / threads,
                work.updates);
    }
}
