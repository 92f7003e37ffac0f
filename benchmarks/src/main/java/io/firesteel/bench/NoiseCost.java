package io.firesteel.bench;

import io.firesteel.array.Floats;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.gradient.SliceNorms;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.RowSchema;
import io.firesteel.train.Run;
import io.firesteel.train.SingleThreadTraining;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The cost of the gradient noise scale: the passes over vectors that a step makes for it, relative to the whole step,
 * on one thread. Without it, merges would add without squaring, and the merged gradient would be searched for
 * non-finite numbers.
 */
final class NoiseCost {
    private static final int ROUNDS = 60;

    private NoiseCost() {}

    /** Arguments: a run file, then overrides as {@code path=value}. */
    public static void main(String[] args) throws IOException {
        Run run = Run.read(args[0], Arrays.asList(args).subList(1, args.length));
        RowSchema schema = run.data().train().schema();
        ModelSpec model = run.model(schema);
        ShardRange rows = RowsInMemory.of(run);
        SingleThreadTraining solo = new SingleThreadTraining(run, model, rows, null, List.of());
        int size = model.layout().size();
        float[][] sums = new float[run.shards()][size];
        for (float[] sum : sums) for (int i = 0; i < size; i++) sum[i] = 1e-20f * i;
        SliceNorms squares = new SliceNorms(model.layout());
        NoiseScale noise = new NoiseScale(model.layout(), 1000);
        double[] step = new double[ROUNDS],
                without = new double[ROUNDS],
                measured = new double[ROUNDS],
                other = new double[ROUNDS];
        long every = NoiseScale.every(size);
        double kept = 0;
        for (int round = 0; round < 2 * ROUNDS; round++) { // the first half warms up
            int at = round % ROUNDS;
            long start = System.nanoTime();
            solo.train(solo.step() + 1);
            step[at] = since(start);
            start = System.nanoTime();
            kept += merge(squares, noise, run, sums, round, true);
            measured[at] = since(start);
            start = System.nanoTime();
            kept += merge(squares, noise, run, sums, round, false);
            other[at] = since(start);
            start = System.nanoTime();
            kept += merge(run, sums);
            without[at] = since(start);
        }
        double mean = (median(measured) + (every - 1) * median(other)) / every, extra = mean - median(without);
        System.out.printf(
                Locale.ROOT,
                "P %,d  B %d  %d shards  step %.3f ms  merge and check: without %.3f ms, measured %.3f (1 of "
                        + "%d), else %.3f  cost %.3f ms, %.2f %% of a step  (%.0f)%n",
                size,
                run.batch(),
                run.shards(),
                median(step),
                median(without),
                median(measured),
                every,
                median(other),
                extra,
                100 * extra / median(step),
                kept);
    }

    private static double merge(
            SliceNorms squares, NoiseScale noise, Run run, float[][] sums, int round, boolean measures) {
        double[] total = squares.zeros();
        for (ReductionTree.Merge merge : new ReductionTree(run.shards()).merges()) {
            boolean leaves = measures && merge.end() - merge.into() <= 2;
            squares.add(sums[merge.from()], sums[merge.into()], leaves ? total : null, leaves ? total : null);
        }
        noise.add(round + 1, run.batch(), run.shards(), total, squares.of(sums[0]));
        return total[0];
    }

    private static double merge(Run run, float[][] sums) {
        for (ReductionTree.Merge merge : new ReductionTree(run.shards()).merges())
            Floats.add(sums[merge.from()], sums[merge.into()], 0, sums[0].length);
        return Floats.firstNonFinite(sums[0], 0, sums[0].length);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
