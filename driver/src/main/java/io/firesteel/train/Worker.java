package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.data.Bijection;
import io.firesteel.data.Block;
import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import io.firesteel.data.Scaling;
import io.firesteel.loss.Score;
import io.firesteel.model.Program;
import io.firesteel.spec.SpecException;
import java.util.Arrays;

/** Computes the sums of one shard after the other. One thread's. */
final class Worker {
    private final Job job;
    private Program program; // for rows as the first block has them
    private final Scaling scaling;
    private final Squares squares;
    private final int[] chosen; // the rows of a pass

    /** Refuses where the machine is not of the kind that the job wants. */
    Worker(Job job) {
        if (job.kind() != null && !job.kind().equals(Checkup.kind()))
            throw new SpecException("this machine would compute other bits: it has " + Checkup.kind()
                    + ", the run began with " + job.kind() + "; take machines of one kind, or say --allow-mixed");
        this.job = job;
        this.scaling = new Scaling(job.model());
        this.squares = new Squares(job.model().layout());
        this.chosen = new int[job.passRows()];
    }

    /** What measures this model's gradients. */
    Squares squares() {
        return squares;
    }

    private Program program(Block block) {
        if (program == null) program = block.program(job.model(), job.passRows(), scaling);
        return program;
    }

    /** Overwrites {@code grads} with the sum over the shard's rows of the batch; returns their score. */
    Score gradient(Block block, int shard, float[] params, Batch batch, float[] grads) {
        Program program = program(block);
        long first = batch.first(shard, job.shards()), end = batch.end(shard, job.shards());
        Bijection walk = new Bijection(block.rows(), job.seed(), 1, batch.epoch(), shard);
        double loss = 0;
        long hits = 0;
        if (first == end) Arrays.fill(grads, 0);
        for (long from = first; from < end; from += program.maxRows()) {
            int rows = (int) Math.min(program.maxRows(), end - from);
            for (int r = 0; r < rows; r++) chosen[r] = (int) walk.at(from + r);
            block.copy(chosen, rows, scaling, program);
            program.gradient(params, rows, grads, from == first);
            loss += program.lossSum();
            hits += program.hits();
        }
        return new Score(loss, hits, end - first);
    }

    /** The score of a whole block. */
    Score score(Block block, float[] params) {
        Program program = program(block);
        Score score = Score.ZERO;
        for (int from = 0; from < block.rows(); from += program.maxRows()) {
            int rows = Math.min(program.maxRows(), block.rows() - from);
            for (int r = 0; r < rows; r++) chosen[r] = from + r;
            block.copy(chosen, rows, scaling, program);
            program.evaluate(params, rows);
            score = score.plus(new Score(program.lossSum(), program.hits(), rows));
        }
        return score;
    }

    /** The first of the portion's shards whose gradient is not finite, or null. */
    Gradients.Fault fault(Portion portion, float[] params, Batch batch) {
        float[] grads = new float[params.length];
        for (int shard = portion.from; shard < portion.to; shard++) {
            gradient(portion.block(Split.TRAIN, shard), shard, params, batch, grads);
            int index = Floats.firstNonFinite(grads, 0, grads.length);
            if (index >= 0) return new Gradients.Fault(shard, index);
        }
        return null;
    }
}
