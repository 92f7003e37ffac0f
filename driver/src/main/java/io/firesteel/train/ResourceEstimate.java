package io.firesteel.train;

import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;

/**
 * Memory and rows per pass of a run, known before it starts.
 *
 * @param shardRows rows of a step in the largest share
 * @param passRows rows of the largest pass
 * @param paramBytes the flat parameters; what a step broadcasts
 * @param slotBytes the optimizer's vectors, on the driver
 * @param programBytes all buffers of one program; each thread has one
 * @param gradientBytes gradient vectors that are alive at once on a thread that owns all shards
 */
public record ResourceEstimate(
        int shardRows, int passRows, long paramBytes, long slotBytes, long programBytes, long gradientBytes) {
    public static ResourceEstimate of(Run run, ModelSpec model) {
        WorkerConfig job = new WorkerConfig("", model, run.batch(), run.shards(), run.seed(), null);
        long vector = 4L * model.layout().size();
        int alive = 33 - Integer.numberOfLeadingZeros(run.shards() - 1); // one a level of the tree, and the newest
        return new ResourceEstimate(
                (run.batch() + run.shards() - 1) / run.shards(),
                job.passRows(),
                vector,
                vector * run.optimizer().slots(),
                new CompiledModel(model, job.passRows()).bytes(),
                vector * alive);
    }
}
