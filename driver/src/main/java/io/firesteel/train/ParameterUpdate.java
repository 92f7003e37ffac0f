package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.optim.Optimizer;
import java.util.Arrays;
import java.util.List;

/**
 * The one division and the optimizer's step, on all threads of a team; weights decay, biases do not, statistics are
 * assigned.
 */
public record ParameterUpdate(Run run, ParamLayout layout, ThreadTeam team) {
    private static final int CACHED =
            1 << 12; // floats that stay in the first-level cache between the division and the update

    /**
     * Divides the sum {@code g} over {@code rows} rows, bounds it, and updates {@code state} from it;
     * {@code state.step} counts this update already.
     *
     * @param squares the squared norm of every slice of the sum; read only if gradients are clipped
     */
    public void apply(TrainingState state, float[] g, double[] squares, int rows, double rate) {
        double[] factors = run.clipping() == null ? null : factors(squares, rows);
        if (run.optimizer().wholeSlices()) {
            team.slices(g.length, (member, from, to) -> mean(g, rows, factors, from, to));
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
                    mean(g, rows, factors, at, end);
                    range(state, g, at, end, (float) rate);
                }
            });
        }
    }

    private double[] factors(double[] squares, int rows) {
        return run.clipping()
                .factors(Arrays.stream(squares)
                        .map(square -> Math.sqrt(square) / rows)
                        .toArray());
    }

    /** Turns g[from, to) into the mean, and clips what is a gradient of it if there are {@code factors}. */
    private void mean(float[] g, int rows, double[] factors, int from, int to) {
        Floats.divide(g, rows, from, to);
        List<ParamSlice> params = layout.params();
        for (int i = 0; factors != null && i < params.size(); i++) {
            ParamSlice param = params.get(i);
            int first = Math.max(from, param.offset()), end = Math.min(to, param.end());
            if (first >= end || param.role() == ParamSlice.Role.STATISTIC) continue;
            if (factors[i] < 1) Floats.scale(g, (float) factors[i], first, end);
            float bound = (float) run.clipping().bound();
            if (bound < Float.POSITIVE_INFINITY) Floats.clamp(g, bound, first, end);
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
