package io.firesteel.study;

import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import io.firesteel.loss.Score;
import io.firesteel.model.Model;
import io.firesteel.study.Result.Measurement;
import io.firesteel.study.Result.Reached;
import io.firesteel.study.Result.SliceNoise;
import io.firesteel.study.Result.Status;
import io.firesteel.train.Batch;
import io.firesteel.train.Diverged;
import io.firesteel.train.NoiseScale;
import io.firesteel.train.NoiseScale.Estimate;
import io.firesteel.train.Observer;
import io.firesteel.train.Solo;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out an order on this thread: trains to the next evaluation, looks at the goals, and goes on until one of the
 * ends.
 */
final class Attempt implements Observer {
    private final Order order;
    private final Model model;
    private final Portion rows;
    private final Solo solo;
    private final List<Measurement> measured = new ArrayList<>();
    private final List<Reached> reached = new ArrayList<>();
    private Score trained = Score.ZERO; // since the last evaluation
    private double best = Double.POSITIVE_INFINITY;
    private double trainSeconds;
    private double evalSeconds;

    /** {@code kind}: see {@link Solo}. */
    Attempt(Order order, Model model, Portion rows, String kind) {
        this.order = order;
        this.model = model;
        this.rows = rows;
        this.solo = new Solo(order.run(), model, rows, kind, List.of(this));
    }

    @Override
    public void step(Batch batch, Score score, double rate, double seconds) {
        trained = trained.plus(score);
    }

    Result run() {
        Status status = null;
        while (status == null) {
            long step = solo.step(), next = Math.max(step + 1, (long) Math.ceil(order.cadence() * step));
            long start = System.nanoTime();
            try {
                solo.train(Math.min(order.cap(), next));
            } catch (Diverged e) {
                status = Status.DIVERGED;
            }
            trainSeconds += (System.nanoTime() - start) / 1e9;
            if (status == null) status = judged();
        }
        Double testError = status == Status.GOAL && model.classifies() && rows.rows(Split.TEST) > 0
                ? error(solo.score(Split.TEST))
                : null;
        return new Result(
                order.trial(),
                status,
                solo.step(),
                solo.examples(),
                (double) solo.examples() / rows.rows(Split.TRAIN),
                known(best),
                testError,
                trainSeconds,
                evalSeconds,
                order.cap(),
                reached,
                measured.stream().map(this::withNoise).toList(),
                slices());
    }

    /** Evaluates; why the trial ends here, or null. */
    private Status judged() {
        long start = System.nanoTime();
        Score score = solo.score(Split.VALIDATION);
        evalSeconds += (System.nanoTime() - start) / 1e9;
        Double error = model.classifies() ? error(score) : null;
        double value = order.goals().metric() == Study.Metric.valError ? error : score.loss();
        measured.add(new Measurement(
                solo.step(),
                solo.examples(),
                trainSeconds + evalSeconds,
                trained.loss(),
                score.loss(),
                error,
                null,
                null,
                null,
                null,
                null));
        trained = Score.ZERO;
        if (!Double.isFinite(score.loss())) return Status.DIVERGED;
        best = Math.min(best, value);
        for (double level : order.goals().levels())
            if (value <= level && reached.stream().noneMatch(goal -> goal.level() == level))
                reached.add(new Reached(level, solo.step()));
        if (value <= order.goals().hardest()) return Status.GOAL;
        if (solo.step() >= order.cap()) return order.censors() ? Status.CENSORED : Status.CAP;
        return order.minutes() > 0 && trainSeconds + evalSeconds > 60 * order.minutes() ? Status.WALL : null;
    }

    /** The noise about an evaluation is known when the steps behind it are done. */
    private Measurement withNoise(Measurement m) {
        Estimate noise = solo.noise().between(m.step() * (1 - NoiseScale.WINDOW), m.step() * (1 + NoiseScale.WINDOW));
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

    private List<SliceNoise> slices() {
        double step = solo.step();
        return solo.noise().slices(step * (1 - NoiseScale.WINDOW), step).stream()
                .map(slice -> new SliceNoise(
                        slice.name(),
                        known(slice.estimate().trS()),
                        known(slice.estimate().g2()),
                        known(slice.estimate().scale())))
                .toList();
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** The share of rows that are wrong: not one less the accuracy, which is a rounding away from a goal like 0.15. */
    private static double error(Score score) {
        return (double) (score.rows() - score.hits()) / score.rows();
    }

    /** JSON has no infinity. */
    private static double finite(double loss) {
        return Double.isFinite(loss) ? loss : Double.MAX_VALUE;
    }
}
