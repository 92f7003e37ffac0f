package io.firesteel.studies;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.measure.NoiseScale.NoiseEstimate;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.metric.ErrorRate;
import io.firesteel.metric.Evaluation;
import io.firesteel.metric.Metrics;
import io.firesteel.metric.Sums;
import io.firesteel.model.ModelSpec;
import io.firesteel.studies.TrialResult.Measurement;
import io.firesteel.studies.TrialResult.Reached;
import io.firesteel.studies.TrialResult.Status;
import io.firesteel.train.DivergedException;
import io.firesteel.train.SingleThreadTraining;
import io.firesteel.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one trial on the calling thread until goal, cap, divergence or time limit: trains to the next evaluation, checks
 * the goals, and repeats.
 */
final class TrialRunner implements TrainingListener {
    private static final String ERROR = new ErrorRate().name();

    private final TrialSpec spec;
    private final ModelSpec model;
    private final Metrics metrics;
    private final ShardRange rows;
    private final SingleThreadTraining solo;
    private final List<Measurement> measured = new ArrayList<>();
    private final List<Reached> reached = new ArrayList<>();
    private Sums trained; // since the last evaluation
    private double best = Double.POSITIVE_INFINITY;
    private double trainSeconds;
    private double evalSeconds;

    /** {@code fingerprint}: see {@link SingleThreadTraining}. */
    TrialRunner(TrialSpec spec, ModelSpec model, ShardRange rows, String fingerprint) {
        this.spec = spec;
        this.model = model.withMetrics(model.classifies() ? List.of(new ErrorRate()) : List.of());
        this.metrics = this.model.summary();
        this.trained = metrics.zero();
        this.rows = rows;
        this.solo = new SingleThreadTraining(spec.run(), this.model, rows, fingerprint, List.of(this));
    }

    @Override
    public void step(Batch batch, Sums sums, double rate, double seconds) {
        trained.add(sums);
    }

    TrialResult run() {
        Status status = null;
        while (status == null) {
            long step = solo.step(), next = Math.max(step + 1, (long) Math.ceil(spec.cadence() * step));
            long start = System.nanoTime();
            try {
                solo.train(Math.min(spec.cap(), next));
            } catch (DivergedException e) {
                status = Status.DIVERGED;
            }
            trainSeconds += (System.nanoTime() - start) / 1e9;
            if (status == null) status = checkGoals();
        }
        Double testError = status == Status.GOAL && model.classifies() && rows.rows(Split.TEST) > 0
                ? solo.evaluate(Split.TEST).get(ERROR)
                : null;
        return new TrialResult(
                spec.trial(),
                status,
                solo.step(),
                solo.examples(),
                (double) solo.examples() / rows.rows(Split.TRAIN),
                known(best),
                testError,
                trainSeconds,
                evalSeconds,
                spec.cap(),
                reached,
                measured.stream().map(this::withNoise).toList(),
                slices());
    }

    /** Evaluates; returns why the trial ends here, or null. */
    private Status checkGoals() {
        long start = System.nanoTime();
        Evaluation validation = solo.evaluate(Split.VALIDATION);
        evalSeconds += (System.nanoTime() - start) / 1e9;
        Double error = model.classifies() ? validation.get(ERROR) : null;
        double value = spec.goals().metric() == Study.GoalMetric.valError ? error : validation.loss();
        measured.add(new Measurement(
                solo.step(),
                solo.examples(),
                trainSeconds + evalSeconds,
                Evaluation.of(metrics, trained).loss(),
                validation.loss(),
                error,
                null,
                null,
                null,
                null,
                null));
        trained = metrics.zero();
        if (!Double.isFinite(validation.loss())) return Status.DIVERGED;
        best = Math.min(best, value);
        for (double level : spec.goals().levels())
            if (value <= level && reached.stream().noneMatch(goal -> goal.level() == level))
                reached.add(new Reached(level, solo.step()));
        if (value <= spec.goals().hardest()) return Status.GOAL;
        if (solo.step() >= spec.cap()) return spec.censors() ? Status.CENSORED : Status.CAP;
        return spec.minutes() > 0 && trainSeconds + evalSeconds > 60 * spec.minutes() ? Status.WALL : null;
    }

    /** The noise around an evaluation is known once the steps after it are done. */
    private Measurement withNoise(Measurement m) {
        NoiseEstimate noise =
                solo.noise().between(m.step() * (1 - NoiseScale.WINDOW), m.step() * (1 + NoiseScale.WINDOW));
        return new Measurement(
                m.step(),
                m.examples(),
                m.seconds(),
                finite(m.trainLoss()),
                finite(m.valLoss()),
                m.valError(),
                known(noise.trS()),
                known(noise.g2()),
                known(noise.scale()),
                known(noise.low()),
                known(noise.high()));
    }

    private List<TrialResult.SliceEstimate> slices() {
        double step = solo.step();
        return solo.noise().slices(step * (1 - NoiseScale.WINDOW), step).stream()
                .map(slice -> new TrialResult.SliceEstimate(
                        slice.name(),
                        known(slice.estimate().trS()),
                        known(slice.estimate().g2()),
                        known(slice.estimate().scale())))
                .toList();
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Null if not finite, since Null if not finite, since Null if not finite, since JSON has no infinity. */
    private static double finite(double loss) {
        return Double.isFinite(loss) ? loss : Double.MAX_VALUE;
    }
}
