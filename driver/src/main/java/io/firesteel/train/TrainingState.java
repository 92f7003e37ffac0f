package io.firesteel.train;

import io.firesteel.array.ParamLayout;
import io.firesteel.metric.Metrics;
import io.firesteel.metric.Sums;
import io.firesteel.optim.Optimizer;
import io.firesteel.schedule.ScheduleState;

/** All that a run has learned so far. Copying the arrays copies the run. */
public final class TrainingState {
    /** Updates done. */
    public long step;
    /** The sums over the rows of the epoch that has begun, or of the one that has just ended. */
    public Sums epoch;
    /** What the schedule remembers. */
    final ScheduleState schedule = new ScheduleState();
    /** The flat parameters. */
    public final float[] params;
    /** The optimizer's vectors, each as long as {@link #params}. */
    public final float[][] slots;

    /** The state before the first step. */
    public TrainingState(ParamLayout layout, Optimizer optimizer, long seed, Metrics metrics) {
        epoch = metrics.zero();
        params = layout.init(seed);
        slots = new float[optimizer.slots()][params.length];
    }
}
