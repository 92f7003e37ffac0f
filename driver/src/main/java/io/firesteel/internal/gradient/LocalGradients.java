package io.firesteel.internal.gradient;

import io.firesteel.internal.block.Block;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.metric.Sums;
import java.util.List;

/** Gradients from the threads of this JVM, over the shards as Spark has assigned them. */
public final class LocalGradients implements GradientSource {
    private final List<ShardRange> shardRanges; // by the first shard
    private final ParallelShardSum.Threads threads;
    private final ParallelShardSum shards; // all of them
    private final PhaseTimes phases;

    public LocalGradients(WorkerConfig job, List<ShardRange> shardRanges, ThreadTeam team, PhaseTimes phases) {
        this.shardRanges = shardRanges;
        this.threads = new ParallelShardSum.Threads(team, () -> new ShardWorker(job));
        this.shards = new ParallelShardSum(new ReductionTree(job.shards()), 0, job.shards(), threads);
        this.phases = phases;
    }

    @Override
    public String name() {
        return "in-process";
    }

    @Override
    public GradientSum sum(float[] params, Batch batch) {
        long start = System.nanoTime();
        long computed = phases.job(shards.gradients(this::block, params, batch), start);
        GradientSum total = shards.mergeAll();
        phases.since("merge", computed);
        return total;
    }

    @Override
    public NonFinite nonFinite(float[] params, Batch batch) {
        for (ShardRange shardRange : shardRanges) {
            NonFinite nonFinite = threads.worker().nonFinite(shardRange, params, batch);
            if (nonFinite != null) return nonFinite;
        }
        return null;
    }

    @Override
    public Sums evaluate(float[] params, Split split) {
        return shards.evaluations(this::block, params, split).get(0).sums();
    }

    private Block block(Split split, int shard) {
        for (ShardRange shardRange : shardRanges) if (shard < shardRange.to) return shardRange.block(split, shard);
        throw new IndexOutOfBoundsException(shard);
    }

    @Override
    public void close() {}
}
