package io.firesteel.internal.gradient;

import io.firesteel.internal.block.Block;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.loss.Score;
import java.util.List;

/** Gradients from the threads of this JVM over the same shards that Spark dealt. */
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
        double[] norms = shards.mergeAll();
        phases.since("merge", computed);
        return new GradientSum(
                shards.gradient(0),
                shards.tally(0).score(),
                norms,
                shards.tally(0).squares());
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
    public Score score(float[] params, Split split) {
        shards.scores(this::block, params, split);
        return shards.tally(0).score();
    }

    private Block block(Split split, int shard) {
        for (ShardRange shardRange : shardRanges) if (shard < shardRange.to) return shardRange.block(split, shard);
        throw new IndexOutOfBoundsException(shard);
    }

    @Override
    public void close() {}
}
