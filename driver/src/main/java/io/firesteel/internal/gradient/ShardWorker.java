package io.firesteel.internal.gradient;

import io.firesteel.array.Floats;
import io.firesteel.internal.block.Block;
import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.shard.SeededPermutation;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.metric.Sums;
import io.firesteel.model.CompiledModel;
import io.firesteel.op.PassContext;
import io.firesteel.row.InputScaler;
import io.firesteel.spec.SpecException;
import java.util.Arrays;

/** Computes the sums of one shard after the other. Not thread-safe. */
public final class ShardWorker {
    private final WorkerConfig job;
    private CompiledModel program; // for rows as the first block has them
    private final InputScaler normalizer;
    private final SliceNorms norms;
    private final int[] chosen; // the rows of a pass

    /** Throws where this process's kernels are not those of the run. */
    public ShardWorker(WorkerConfig job) {
        if (job.fingerprint() != null && !job.fingerprint().equals(ProcessCheck.fingerprint()))
            throw new SpecException("this machine would compute other bits: it has " + ProcessCheck.fingerprint()
                    + ", the run began with " + job.fingerprint()
                    + "; use machines of one kind, or pass --allow-mixed");
        this.job = job;
        this.normalizer = new InputScaler(job.model());
        this.norms = new SliceNorms(job.model().layout());
        this.chosen = new int[job.passRows()];
    }

    /** What measures this model's gradients. */
    SliceNorms norms() {
        return norms;
    }

    private CompiledModel program(Block block) {
        if (program == null) program = block.program(job.model(), job.passRows(), normalizer);
        return program;
    }

    /**
     * The sum over the shard's rows of the batch, whose gradient overwrites {@code grads}.
     *
     * @param squares what the sum has as squares: null where they are to be measured
     */
    GradientSum gradient(Block block, int shard, float[] params, Batch batch, float[] grads, double[] squares) {
        CompiledModel program = program(block);
        PassContext pass = program.pass();
        pass.seed = job.seed();
        pass.epoch = batch.epoch();
        pass.step = batch.step();
        long first = batch.first(shard, job.shards()), end = batch.end(shard, job.shards());
        SeededPermutation order = new SeededPermutation(block.rows(), job.seed(), 1, batch.epoch(), shard);
        Sums sums = program.metrics().zero();
        if (first == end) Arrays.fill(grads, 0);
        for (long from = first; from < end; from += program.maxRows()) {
            int rows = (int) Math.min(program.maxRows(), end - from);
            for (int r = 0; r < rows; r++) {
                chosen[r] = (int) order.at(from + r);
                pass.rowIds[r] = (long) chosen[r] * job.shards() + shard; // the row's position among those that train
            }
            block.copy(chosen, rows, normalizer, program);
            program.gradient(params, rows, grads, from == first, sums);
        }
        return new GradientSum(shard, shard + 1, new FloatSlice(grads), sums, squares);
    }

    /** The sums over a whole block, without a gradient. */
    GradientSum evaluation(Block block, int shard, float[] params) {
        CompiledModel program = program(block);
        Sums sums = program.metrics().zero();
        for (int from = 0; from < block.rows(); from += program.maxRows()) {
            int rows = Math.min(program.maxRows(), block.rows() - from);
            for (int r = 0; r < rows; r++) chosen[r] = from + r;
            block.copy(chosen, rows, normalizer, program);
            program.evaluate(params, rows, sums);
        }
        return new GradientSum(shard, shard + 1, null, sums, GradientSum.NOT_MEASURED);
    }

    /** The first shard whose gradient is not finite, or null. */
    GradientSource.NonFinite nonFinite(ShardRange shardRange, float[] params, Batch batch) {
        float[] grads = new float[params.length];
        for (int shard = shardRange.from; shard < shardRange.to; shard++) {
            gradient(shardRange.block(Split.TRAIN, shard), shard, params, batch, grads, GradientSum.NOT_MEASURED);
            int index = Floats.firstNonFinite(grads, 0, grads.length);
            if (index >= 0) return new GradientSource.NonFinite(shard, index);
        }
        return null;
    }
}
