package io.firesteel.internal.gradient;

import io.firesteel.array.Floats;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.shard.SeededPermutation;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.loss.Score;
import io.firesteel.model.CompiledModel;
import io.firesteel.row.Normalizer;
import io.firesteel.spec.SpecException;
import java.util.Arrays;

/** Computes the sums of one shard after the other. One thread's. */
public final class ShardWorker {
    private final WorkerConfig job;
    private CompiledModel program; // for rows as the first block has them
    private final Normalizer normalizer;
    private final SliceNorms squares;
    private final int[] chosen; // the rows of a pass

    /** Refuses where the machine is not of the kind that the job wants. */
    public ShardWorker(WorkerConfig job) {
        if (job.fingerprint() != null && !job.fingerprint().equals(ProcessCheck.fingerprint()))
            throw new SpecException("this machine would compute other bits: it has " + ProcessCheck.fingerprint()
                    + ", the run began with " + job.fingerprint()
                    + "; take machines of one kind, or say --allow-mixed");
        this.job = job;
        this.normalizer = new Normalizer(job.model());
        this.squares = new SliceNorms(job.model().layout());
        this.chosen = new int[job.passRows()];
    }

    /** What measures this model's gradients. */
    SliceNorms squares() {
        return squares;
    }

    private CompiledModel program(Block block) {
        if (program == null) program = block.program(job.model(), job.passRows(), normalizer);
        return program;
    }

    /** Overwrites {@code grads} with the sum over the shard's rows of the batch; returns their score. */
    Score gradient(Block block, int shard, float[] params, Batch batch, float[] grads) {
        CompiledModel program = program(block);
        long first = batch.first(shard, job.shards()), end = batch.end(shard, job.shards());
        SeededPermutation order = new SeededPermutation(block.rows(), job.seed(), 1, batch.epoch(), shard);
        double loss = 0;
        long hits = 0;
        if (first == end) Arrays.fill(grads, 0);
        for (long from = first; from < end; from += program.maxRows()) {
            int rows = (int) Math.min(program.maxRows(), end - from);
            for (int r = 0; r < rows; r++) chosen[r] = (int) order.at(from + r);
            block.copy(chosen, rows, normalizer, program);
            program.gradient(params, rows, grads, from == first);
            loss += program.lossSum();
            hits += program.hits();
        }
        return new Score(loss, hits, end - first);
    }

    /** The score of a whole block. */
    Score score(Block block, float[] params) {
        CompiledModel program = program(block);
        Score score = Score.ZERO;
        for (int from = 0; from < block.rows(); from += program.maxRows()) {
            int rows = Math.min(program.maxRows(), block.rows() - from);
            for (int r = 0; r < rows; r++) chosen[r] = from + r;
            block.copy(chosen, rows, normalizer, program);
            program.evaluate(params, rows);
            score = score.plus(new Score(program.lossSum(), program.hits(), rows));
        }
        return score;
    }

    /** The first of the portion's shards whose gradient is not finite, or null. */
    GradientSource.NonFinite nonFinite(ShardRange shardRange, float[] params, Batch batch) {
        float[] grads = new float[params.length];
        for (int shard = shardRange.from; shard < shardRange.to; shard++) {
            gradient(shardRange.block(Split.TRAIN, shard), shard, params, batch, grads);
            int index = Floats.firstNonFinite(grads, 0, grads.length);
            if (index >= 0) return new GradientSource.NonFinite(shard, index);
        }
        return null;
    }
}
