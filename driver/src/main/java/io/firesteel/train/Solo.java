package io.firesteel.train;

import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import io.firesteel.loss.Score;
import io.firesteel.model.Model;
import java.util.List;

/**
 * A run on the calling thread alone: the loop and the bits of every other, without Spark and without files. One
 * thread's; many may share the rows.
 */
public final class Solo {
    private final State state;
    private final Trainer trainer;
    private final Gradients gradients;
    private final Batches batches;

    /**
     * A run before its first step.
     *
     * @param rows all shards of the run
     * @param kind what this machine must be, see {@link Checkup#agreed}; null where it does not matter
     */
    public Solo(Run run, Model model, Portion rows, String kind, List<Observer> observers) {
        Team team = new Team(1);
        Phases phases = new Phases();
        Job job = new Job("solo", model, run.batch(), run.shards(), run.seed(), kind);
        batches = new Batches(rows.rows(Split.TRAIN), run.batch(), run.dropLast());
        state = new State(model.layout(), run.optimizer(), run.seed());
        gradients = new InProcess(job, List.of(rows), team, phases);
        trainer = new Trainer(run, model.layout(), batches, false, gradients, team, observers, null, phases);
    }

    /** Trains until so many updates are done, and not beyond the end of the run; throws {@link Diverged}. */
    public void train(long until) {
        trainer.train(state, until);
    }

    /** The score of all rows of a split; none where it has no rows. */
    public Score score(Split split) {
        return gradients.score(state.params, split);
    }

    /** Updates done. */
    public long step() {
        return state.step;
    }

    /** Rows that those updates have seen. */
    public long examples() {
        return batches.examples(state.step);
    }

    /** The flat parameters as they are now; not a copy. */
    public float[] params() {
        return state.params;
    }

    public NoiseScale noise() {
        return trainer.noise();
    }
}
