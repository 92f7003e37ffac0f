package io.firesteel.train;

import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.LocalGradients;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.metric.Evaluation;
import io.firesteel.metric.Metrics;
import io.firesteel.model.ModelSpec;
import java.util.List;

/**
 * A run on the calling thread alone, with the same loop and the same result as any other, without Spark and without
 * files. Not thread-safe; many may share the rows.
 */
public final class SingleThreadTraining {
    private final Metrics metrics;
    private final TrainingState state;
    private final TrainingLoop trainer;
    private final GradientSource gradients;
    private final BatchPlan batches;

    /**
     * A run before its first step.
     *
     * @param rows all shards of the run
     * @param fingerprint what this machine must be, see {@link ProcessCheck#agreed}; null where it does not matter
     */
    public SingleThreadTraining(
            Run run, ModelSpec model, ShardRange rows, String fingerprint, List<TrainingListener> observers) {
        ThreadTeam team = new ThreadTeam(1);
        PhaseTimes phases = new PhaseTimes();
        WorkerConfig job = new WorkerConfig("solo", model, run.batch(), run.shards(), run.seed(), fingerprint);
        batches = new BatchPlan(rows.rows(Split.TRAIN), run.batch(), run.dropLast());
        metrics = model.summary();
        state = new TrainingState(model.layout(), run.optimizer(), run.seed(), metrics);
        gradients = new LocalGradients(job, List.of(rows), team, phases);
        run = run.withLength(batches.stepsPerEpoch());
        trainer = new TrainingLoop(run, model, batches, false, gradients, team, observers, null, phases);
    }

    /** Trains until so many updates are done, and not beyond the end of the run; throws {@link DivergedException}. */
    public void train(long until) {
        trainer.train(state, until);
    }

    /** Loss and metrics of all rows of a split; empty where it has no rows. */
    public Evaluation evaluate(Split split) {
        return Evaluation.of(metrics, gradients.evaluate(state.params, split));
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
