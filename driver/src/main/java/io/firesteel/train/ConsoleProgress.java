package io.firesteel.train;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.metric.Evaluation;
import io.firesteel.metric.Metrics;
import io.firesteel.metric.Sums;
import java.io.PrintStream;
import java.util.Locale;

/** Progress for people: a moving bar on a terminal, and one line per epoch. */
public final class ConsoleProgress implements TrainingListener {
    private static final int WIDTH = 30;
    private static final long REDRAW = 100_000_000; // ns

    private final PrintStream out;
    private final boolean terminal;
    private final BatchPlan batches;
    private final Run run;
    private final Metrics metrics;
    private long start = System.nanoTime();
    private long drawn;
    private Sums seen;

    ConsoleProgress(PrintStream out, boolean terminal, Run run, BatchPlan batches, Metrics metrics) {
        this.out = out;
        this.terminal = terminal;
        this.run = run;
        this.batches = batches;
        this.metrics = metrics;
        this.seen = metrics.zero();
    }

    @Override
    public void step(Batch batch, Sums sums, double rate, double taken) {
        if (batch.from() == 0) {
            seen = metrics.zero();
            start = System.nanoTime();
        }
        seen.add(sums);
        long now = System.nanoTime();
        if (!terminal || now - drawn < REDRAW) return;
        drawn = now;
        double done = (double) batch.to() / batches.rows(), seconds = (now - start) / 1e9;
        int filled = (int) (WIDTH * done);
        out.print("\r"
                + line(
                        "%s [%s%s] %3.0f%%%s  %,.0f rows/s  %.0f s left \u001b[K",
                        name(batch.epoch()),
                        "=".repeat(filled),
                        " ".repeat(WIDTH - filled),
                        100 * done,
                        values("", Evaluation.of(metrics, seen)),
                        seen.rows / seconds,
                        seconds / done - seconds));
        out.flush();
    }

    @Override
    public void epoch(int epoch, long step, Evaluation train, Evaluation validation, double rate, double seconds) {
        out.println((terminal ? "\r\u001b[K" : "")
                + line(
                        "%s%s%s  %.1f s  %,.0f rows/s",
                        name(epoch),
                        values("", train),
                        validation == null ? "" : values("val ", validation),
                        seconds,
                        train.rows() / seconds));
    }

    private String name(int epoch) {
        return "epoch " + (epoch + 1) + "/" + run.epochs();
    }

    private static String values(String split, Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        evaluation.values().forEach((name, value) -> text.append(line("  %s%s %.4f", split, name, value)));
        return text.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
