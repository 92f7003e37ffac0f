package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.array.ParamLayout;
import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.measure.GcClock;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.measure.NoiseScale.NoiseEstimate;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.shard.Split;
import io.firesteel.metric.Evaluation;
import io.firesteel.metric.Metrics;
import io.firesteel.metric.Sums;
import io.firesteel.model.ModelSpec;
import java.util.List;
import java.util.Locale;

/**
 * The loop: sum the gradients, divide once, update, go on. {@code W <- W - eta/B sum dW} for whatever the optimizer
 * makes of it. It does not know where gradients come from.
 */
public final class TrainingLoop {
    private final Run run;
    private final Metrics metrics;
    private final ParamLayout layout;
    private final BatchPlan batches;
    private final boolean validates;
    private final GradientSource gradients;
    private final ParameterUpdate update;
    private final List<TrainingListener> listeners;
    private final Checkpoints checkpoints; // null when nothing is saved
    private final PhaseTimes phases;
    private final NoiseScale noise;
    private double rate; // of the last update

    TrainingLoop(
            Run run,
            ModelSpec model,
            BatchPlan batches,
            boolean validates,
            GradientSource gradients,
            ThreadTeam team,
            List<TrainingListener> listeners,
            Checkpoints checkpoints,
            PhaseTimes phases) {
        this.run = run;
        this.metrics = model.summary();
        this.layout = model.layout();
        this.batches = batches;
        this.validates = validates;
        this.gradients = gradients;
        this.update = new ParameterUpdate(run, layout, team);
        this.listeners = listeners;
        this.checkpoints = checkpoints;
        this.phases = phases;
        this.noise = new NoiseScale(layout, batches.rows());
    }

    /** What the steps so far say of the gradient's noise. */
    NoiseScale noise() {
        return noise;
    }

    /** Updates of the whole run. */
    long lastStep() {
        return run.steps(batches.stepsPerEpoch());
    }

    /** Trains {@code state}, wherever it stands, to the end of the run. */
    void train(TrainingState state) {
        train(state, lastStep());
    }

    /** Trains {@code state} until so many updates are done, and not beyond the end of the run. */
    void train(TrainingState state, long until) {
        long start = System.nanoTime();
        while (state.step < Math.min(until, lastStep())) {
            Batch batch = batches.at(state.step);
            if (batch.from() == 0) {
                state.epoch = metrics.zero();
                start = System.nanoTime();
            }
            long begun = System.nanoTime();
            Sums sums = step(state, batch);
            double taken = (System.nanoTime() - begun) / 1e9;
            state.epoch.add(sums);
            for (TrainingListener listener : listeners) listener.step(batch, sums, rate, taken);
            boolean epochEnds = state.step % batches.stepsPerEpoch() == 0;
            Evaluation validation = epochEnds || state.step == lastStep() ? endEpoch(state, batch, start) : null;
            if (checkpoints != null) checkpoints.after(state, epochEnds, batch.epoch() + 1, validation);
        }
    }

    private Sums step(TrainingState state, Batch batch) {
        double garbage = GcClock.seconds();
        GradientSum sum = gradients.sum(state.params, batch);
        long start = System.nanoTime();
        float[] g = sum.gradient();
        if (sum.sums().rows != batch.rows())
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "step %d: %d rows were summed, wanted %d",
                    batch.step(),
                    sum.sums().rows,
                    batch.rows()));
        double[] norms = sum.norms();
        if (!finite(norms) && Floats.firstNonFinite(g, 0, g.length) >= 0) throw diverged(state, batch, sum);
        rate = learningRate(
                state,
                noise.add(state.step + 1, batch.rows(), Math.min(run.shards(), batch.rows()), sum.squares(), norms));
        state.step++;
        update.apply(state, g, norms, batch.rows(), rate);
        phases.since("update", start);
        phases.add("driverGc", GcClock.seconds() - garbage);
        return sum.sums();
    }

    private double learningRate(TrainingState state, NoiseEstimate noise) {
        double trS = noise.steps() > 0 ? noise.trS() : Double.NaN;
        return run.schedule().next(state.schedule, state.step, run.batch(), trS, noise.g2());
    }

    /** False where a number is NaN or infinite, or too large to be squared in a float. */
    private static boolean finite(double[] norms) {
        for (double norm : norms) if (!Double.isFinite(norm)) return false;
        return true;
    }

    private Evaluation endEpoch(TrainingState state, Batch batch, long start) {
        long now = System.nanoTime();
        Evaluation validation =
                validates ? Evaluation.of(metrics, gradients.evaluate(state.params, Split.VALIDATION)) : null;
        phases.since("evaluate", now);
        Evaluation train = Evaluation.of(metrics, state.epoch);
        for (TrainingListener listener : listeners)
            listener.epoch(batch.epoch(), state.step, train, validation, rate, (now - start) / 1e9);
        return validation;
    }

    private DivergedException diverged(TrainingState state, Batch batch, GradientSum sum) {
        GradientSource.NonFinite nonFinite = gradients.nonFinite(state.params, batch);
        int index =
                nonFinite == null ? Floats.firstNonFinite(sum.gradient(), 0, sum.gradient().length) : nonFinite.index;
        String shard = nonFinite == null ? "in the sum over all shards" : "in shard " + nonFinite.shard;
        return new DivergedException(String.format(
                Locale.ROOT,
                "step %d (epoch %d): gradient of %s is not finite %s (loss %.4g, rate %.4g); lower the rate, "
                        + "warm up, or look at the data",
                batch.step(),
                batch.epoch(),
                layout.at(index).name(),
                shard,
                sum.sums().lossSum / sum.sums().weight,
                run.schedule().rate(batch.step())));
    }
}
