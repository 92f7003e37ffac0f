package io.firesteel.train;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.loss.Score;
import java.io.PrintStream;
import java.util.Locale;

/** What a person sees: a bar that moves on a terminal, one line an epoch everywhere. */
public final class ConsoleProgress implements TrainingListener {
    private static final int WIDTH = 30;
    private static final long REDRAW = 100_000_000; // ns

    private final PrintStream out;
    private final boolean terminal;
    private final BatchPlan batches;
    private final Run run;
    private final boolean classifies;
    private long start = System.nanoTime();
    private long drawn;
    private Score seen = Score.ZERO;

    ConsoleProgress(PrintStream out, boolean terminal, Run run, BatchPlan batches, boolean classifies) {
        this.out = out;
        this.terminal = terminal;
        this.run = run;
        this.batches = batches;
        this.classifies = classifies;
    }

    @Override
    public void step(Batch batch, Score score, double rate, double taken) {
        if (batch.from() == 0) {
            seen = Score.ZERO;
            start = System.nanoTime();
        }
        seen = seen.plus(score);
        long now = System.nanoTime();
        if (!terminal || now - drawn < REDRAW) return;
        drawn = now;
        double done = (double) batch.to() / batches.rows(), seconds = (now - start) / 1e9;
        int filled = (int) (WIDTH * done);
        out.print("\r"
                + line(
                        "%s [%s%s] %3.0f%%  loss %.4f%s  %,.0f rows/s  %.0f s left \u001b[K",
                        name(batch.epoch()),
                        "=".repeat(filled),
                        " ".repeat(WIDTH - filled),
                        100 * done,
                        seen.loss(),
                        accuracy("", seen),
                        seen.rows() / seconds,
                        seconds / done - seconds));
        out.flush();
    }

    @Override
    public void epoch(int epoch, long step, Score train, Score validation, double rate, double seconds) {
        out.println((terminal ? "\r\u001b[K" : "")
                + line(
                        "%s  step %d  loss %.4f%s%s  %.1f s  %,.0f rows/s",
                        name(epoch),
                        step,
                        train.loss(),
                        accuracy("", train),
                        validation == null
                                ? ""
                                : line("  val loss %.4f%s", validation.loss(), accuracy("val ", validation)),
                        seconds,
                        train.rows() / seconds));
    }

    private String name(int epoch) {
        return "epoch " + (epoch + 1) + "/" + run.epochs();
    }

    private String accuracy(String name, Score score) {
        return classifies ? line("  %saccuracy %.4f", name, score.accuracy()) : "";
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
