package io.firesteel.bench;

import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.RowSchema;
import io.firesteel.train.ParameterUpdate;
import io.firesteel.train.Run;
import io.firesteel.train.SingleThreadTraining;
import io.firesteel.train.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the training loop adds to a bare step (forward, backward, update) of the same net and batch: gathering rows,
 * checking the gradient, the loop itself. One thread, in pairs, medians.
 */
final class LoopOverhead {
    private static final int PAIRS = 15;
    private static final double SLICE = 0.3; // seconds per side of a pair

    private LoopOverhead() {}

    /** Arguments: a run file, then overrides as {@code path=value}. */
    public static void main(String[] args) throws IOException {
        List<String> overrides = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
        overrides.add("epochs=1000000"); // so that training does not end
        Run run = Run.read(args[0], overrides);
        RowSchema schema = run.data().train().schema();
        ModelSpec model = run.model(schema);
        ShardRange rows = RowsInMemory.of(run);
        SingleThreadTraining solo = new SingleThreadTraining(run, model, rows, null, List.of());
        CompiledModel program = new CompiledModel(model, run.batch());
        TrainingState state = new TrainingState(model.layout(), run.optimizer(), run.seed(), model.summary());
        ParameterUpdate update = new ParameterUpdate(run, model.layout(), new ThreadTeam(1));
        float[] gradient = new float[model.layout().size()];
        Runnable bare = () -> {
            program.gradient(state.params, run.batch(), gradient, true);
            state.step++;
            update.apply(state, gradient, null, run.batch(), run.schedule().rate(state.step % 1000));
        };
        Runnable loop = () -> solo.train(solo.step() + 1);
        double[] ours = new double[PAIRS], bares = new double[PAIRS], ratios = new double[PAIRS];
        for (int i = -PAIRS; i < PAIRS; i++) { // the first half warms up
            double b = seconds(bare), l = seconds(loop);
            if (i < 0) continue;
            bares[i] = b;
            ours[i] = l;
            ratios[i] = b / l;
        }
        System.out.printf(
                Locale.ROOT,
                "P %,d  B %d  bare step %.4f ms (%,.0f rows/s)  in the loop %.4f ms (%,.0f rows/s)  ratio %.3f%n",
                gradient.length,
                run.batch(),
                1e3 * median(bares),
                run.batch() / median(bares),
                1e3 * median(ours),
                run.batch() / median(ours),
                median(ratios));
    }

    private static double seconds(Runnable step) {
        long start = System.nanoTime(), end = start + (long) (SLICE * 1e9), now;
        int steps = 0;
        do {
            step.run();
            steps++;
            now = System.nanoTime();
        } while (now < end);
        return (now - start) / 1e9 / steps;
    }

    private static double median(double[] of) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
