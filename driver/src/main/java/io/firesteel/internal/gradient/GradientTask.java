package io.firesteel.internal.gradient;

import io.firesteel.internal.measure.GcClock;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;

/** A task that works on the shards of one partition. */
abstract class GradientTask<R> extends PartitionTask<ShardRange, R> {
    private static final long serialVersionUID = 1;

    final WorkerConfig job;
    private final Broadcast<FloatSlice> params;

    private GradientTask(WorkerConfig job, Broadcast<FloatSlice> params) {
        this.job = job;
        this.params = params;
    }

    @Override
    public final R apply(TaskContext context, Iterator<ShardRange> shardRanges) {
        ParallelShardSum.Threads threads = KeptThreads.of(job, context.cpus());
        double begun = TaskTime.clock();
        float[] values = params.value().values();
        return apply(shardRanges.next(), values, threads, begun);
    }

    /** {@code begun}: when the task did, by {@link TaskTime#clock}; since then it has fetched the parameters. */
    abstract R apply(ShardRange shardRange, float[] params, ParallelShardSum.Threads threads, double begun);

    final ParallelShardSum shards(ShardRange shardRange, ParallelShardSum.Threads threads) {
        return new ParallelShardSum(new ReductionTree(job.shards()), shardRange.from, shardRange.to, threads);
    }

    /** The gradient sums of the subtrees of a range of shards. */
    static final class ShardGradients extends GradientTask<GradientSum[]> {
        private static final long serialVersionUID = 1;

        private final Batch batch;

        ShardGradients(WorkerConfig job, Broadcast<FloatSlice> params, Batch batch) {
            super(job, params);
            this.batch = batch;
        }

        @Override
        GradientSum[] apply(ShardRange shardRange, float[] params, ParallelShardSum.Threads threads, double begun) {
            double garbage = GcClock.seconds(), fetched = TaskTime.clock() - begun;
            long start = System.nanoTime();
            ParallelShardSum shards = shards(shardRange, threads);
            shards.gradients(shardRange, params, batch);
            GradientSum[] heads = shards.merge(params.length).toArray(GradientSum[]::new);
            double computed = (System.nanoTime() - start) / 1e9;
            heads[0].times.add(new TaskTime(
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

        private static String place() {
            var id = SparkEnv.get().blockManager().blockManagerId();
            return id.host() + " executor " + id.executorId();
        }
    }

    /** Loss and metrics of the subtrees of a range of shards. */
    static final class ShardEvaluations extends GradientTask<GradientSum[]> {
        private static final long serialVersionUID = 1;

        private final Split split;

        ShardEvaluations(WorkerConfig job, Broadcast<FloatSlice> params, Split split) {
            super(job, params);
            this.split = split;
        }

        @Override
        GradientSum[] apply(ShardRange shardRange, float[] params, ParallelShardSum.Threads threads, double begun) {
            return shards(shardRange, threads)
                    .evaluations(shardRange, params, split)
                    .toArray(GradientSum[]::new);
        }
    }

    /** The first of a range of shards that is not finite, or null. */
    static final class NonFiniteSearch extends GradientTask<GradientSource.NonFinite> {
        private static final long serialVersionUID = 1;

        private final Batch batch;

        NonFiniteSearch(WorkerConfig job, Broadcast<FloatSlice> params, Batch batch) {
            super(job, params);
            this.batch = batch;
        }

        @Override
        GradientSource.NonFinite apply(
                ShardRange shardRange, float[] params, ParallelShardSum.Threads threads, double begun) {
            return threads.worker().nonFinite(shardRange, params, batch);
        }
    }
}
