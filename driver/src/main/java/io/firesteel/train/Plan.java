package io.firesteel.train;

import io.firesteel.model.Model;
import io.firesteel.model.Program;

/**
 * What a run will need, known before it starts.
 *
 * @param shardRows rows of a step in the largest share
 * @param passRows rows of the largest pass
 * @param paramBytes the flat parameters; what a step broadcasts
 * @param slotBytes the optimizer's vectors, on the driver
 * @param programBytes all buffers of one program; each thread has one
 * @param gradientBytes gradient vectors that are alive at once on a thread that owns all shards
 */
public record Plan(
        int shardRows, int passRows, long paramBytes, long slotBytes, long programBytes, long gradientBytes) {
    public static Plan of(Run run, Model model) {
        Job job = new Job("", model, run.batch(), run.shards(), run.seed(), null);
        long vector = 4L * model.layout().size();
        int alive = 33 - Integer.numberOfLeadingZeros(run.shards() - 1); // one a level of the tree, and the newest
        return new Plan(
                (run.batch() + run.shards() - 1) / run.shards(),
                job.passRows(),
                vector,
                vector * run.optimizer().slots(),
                new Program(model, job.passRows()).bytes(),
                vector * alive);
    }
}
