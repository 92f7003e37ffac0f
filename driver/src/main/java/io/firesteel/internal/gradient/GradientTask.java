package io.firesteel.internal.gradient;

import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;

/** A task that works on the shards of one partition, once. */
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
        TaskSum shards = new TaskSum(job, shardRanges.next(), context.cpus());
        double begun = TaskTime.clock();
        return apply(shards, params.value().values(), begun);
    }

    /** {@code begun}: when the task did, by {@link TaskTime#clock}; since then it has fetched the parameters. */
    abstract R apply(TaskSum shards, float[] params, double begun);

    /** The gradient sums of the subtrees of a range of shards. */
    static final class ShardGradients extends GradientTask<GradientSum[]> {
        private static final long serialVersionUID = 1;

        private final Batch batch;

        ShardGradients(WorkerConfig job, Broadcast<FloatSlice> params, Batch batch) {
            super(job, params);
            this.batch = batch;
        }

        @Override
        GradientSum[] apply(TaskSum shards, float[] params, double begun) {
            return shards.gradients(params, batch, begun).toArray(GradientSum[]::new);
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
        GradientSum[] apply(TaskSum shards, float[] params, double begun) {
            return shards.evaluations(params, split).toArray(GradientSum[]::new);
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
        GradientSource.NonFinite apply(TaskSum shards, float[] params, double begun) {
            return shards.nonFinite(params, batch);
        }
    }
}
