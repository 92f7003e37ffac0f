package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.optim.Optimizer;
import java.util.List;

/**
 * The one division and the optimizer's step, on all threads of a team; weights decay, biases do not, statistics are
 * assigned.
 */
public record ParameterUpdate(Run run, ParamLayout layout, ThreadTeam team) {
    private static final int CACHED =
            1 << 12; // floats that stay in the first-level cache between the division and the update

    /**
     * Divides the sum {@code g} over {@code rows} rows and updates {@code state} from it; {@code state.step} counts
     * this update already.
     */
    public void apply(TrainingState state, float[] g, int rows, double rate) {
        if (run.optimizer().wholeSlices()) {
            team.slices(g.length, (member, from, to) -> Floats.divide(g, rows, from, to));
            List<ParamSlice> params = layout.params();
            team.run(member -> {
                for (int i = member; i < params.size(); i += team.size())
                    step(
                            state,
                            g,
                            params.get(i),
                            params.get(i).offset(),
                            params.get(i).end(),
                            (float) rate);
            });
        } else {
            team.slices(g.length, (member, from, to) -> {
                for (int at = from; at < to; at += CACHED) {
                    int end = Math.min(to, at + CACHED);
                    Floats.divide(g, rows, at, end);
                    range(state, g, at, end, (float) rate);
                }
            });
        }
    }

    /** Updates params[from, to), which may be parts of several slices. */
    private void range(TrainingState state, float[] g, int from, int to, float rate) {
        if (run.weightDecay() == 0 && !layout.hasStatistics()) {
            run.optimizer().step(state.params, g, state.slots, from, to, rate, 0, state.step);
            return;
        }
        for (ParamSlice param : layout.params()) {
            int first = Math.max(from, param.offset()), end = Math.min(to, param.end());
            if (first < end) step(state, g, param, first, end, rate);
        }
    }

    private void step(TrainingState state, float[] g, ParamSlice param, int from, int to, float rate) {
        if (param.role() == ParamSlice.Role.STATISTIC) {
            System.arraycopy(g, from, state.params, from, to - from);
            return;
        }
        float decay = param.role() == ParamSlice.Role.WEIGHT ? (float) run.weightDecay() : 0;
        Optimizer optimizer = run.optimizer().on(param.role());
        optimizer.step(state.params, g, state.slots, from, to, rate, decay, state.step);
    }
}
