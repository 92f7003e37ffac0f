package io.firesteel.internal.gradient;

import io.firesteel.internal.measure.GcClock;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import java.util.List;
import org.apache.spark.SparkEnv;

/** The sums over one task's shards, with what they took; the same whether the task lives for one step or for many. */
public final class TaskSum {
    private final ShardRange shardRange;
    private final ParallelShardSum.Threads threads;
    private final ParallelShardSum shards;

    /** On this thread's kept threads, of which Spark gives a task {@code cores}. */
    public TaskSum(WorkerConfig job, ShardRange shardRange, int cores) {
        this.shardRange = shardRange;
        this.threads = KeptThreads.of(job, cores);
        this.shards = new ParallelShardSum(new ReductionTree(job.shards()), shardRange.from, shardRange.to, threads);
    }

    /**
     * The heads of the task's subtrees over its rows of a batch; their vectors are overwritten by the next call.
     *
     * @param begun when the task began to fetch the parameters, by {@link TaskTime#clock}
     */
    public List<GradientSum> gradients(float[] params, Batch batch, double begun) {
        double garbage = GcClock.seconds(), fetched = TaskTime.clock() - begun;
        long start = System.nanoTime();
        shards.gradients(shardRange, params, batch);
        List<GradientSum> heads = shards.merge(params.length);
        double computed = (System.nanoTime() - start) / 1e9;
        heads.get(0)
                .times
                .add(new TaskTime(
                        place(),
                        shardRange.from,
                        shardRange.to,
                        begun,
                        fetched,
                        computed,
                        FloatSlice.writingSeconds(),
                        GcClock.seconds() - garbage));
        return heads;
    }

    /** The same over all rows of a split, without gradients. */
    public List<GradientSum> evaluations(float[] params, Split split) {
        return shards.evaluations(shardRange, params, split);
    }

    /** The first shard whose gradient is not finite, or null. */
    GradientSource.NonFinite nonFinite(float[] params, Batch batch) {
        return threads.worker().nonFinite(shardRange, params, batch);
    }

    private static String place() {
        var id = SparkEnv.get().blockManager().blockManagerId();
        return id.host() + " executor " + id.executorId();
    }
}
