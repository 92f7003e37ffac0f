package io.firesteel.train;

import io.firesteel.data.Block;
import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import io.firesteel.loss.Score;
import java.util.List;

/** Gradients from the threads of this JVM over the same shards that Spark dealt. */
final class InProcess implements Gradients {
    private final List<Portion> portions; // by the first shard
    private final TeamSum.Threads threads;
    private final TeamSum shards; // all of them
    private final Phases phases;

    InProcess(Job job, List<Portion> portions, Team team, Phases phases) {
        this.portions = portions;
        this.threads = new TeamSum.Threads(team, () -> new Worker(job));
        this.shards = new TeamSum(new Tree(job.shards()), 0, job.shards(), threads);
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
    public Fault fault(float[] params, Batch batch) {
        for (Portion portion : portions) {
            Fault fault = threads.worker().fault(portion, params, batch);
            if (fault != null) return fault;
        }
        return null;
    }

    @Override
    public Score score(float[] params, Split split) {
        shards.scores(this::block, params, split);
        return shards.tally(0).score();
    }

    private Block block(Split split, int shard) {
        for (Portion portion : portions) if (shard < portion.to) return portion.block(split, shard);
        throw new IndexOutOfBoundsException(shard);
    }

    @Override
    public void close() {}
}
