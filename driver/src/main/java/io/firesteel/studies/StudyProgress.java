package io.firesteel.studies;

import io.firesteel.studies.Trial.Phase;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** Console output of a study: a line for every finished batch size and, on a terminal, a progress line. */
public final class StudyProgress {
    private final PrintStream out; // null for no output
    private final boolean terminal;
    private long start = System.nanoTime();
    private int trials;
    private int known;
    private int chosen;
    private int findings;
    private double level;
    private String best = "";

    public StudyProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void begin(Study study, int slots) {
        start = System.nanoTime();
        level = study.goals().hardest();
        findings = study.batches().size() * study.rules().size();
        say(
                "study %s: batches %s, goal %s %s, %d trials at once",
                study.name(), study.batches(), study.goals().metric(), level, slots);
    }

    synchronized void done(TrialResult result, boolean wasKnown) {
        trials++;
        if (wasKnown) known++;
        if (result.trial().phase() == Phase.CONFIRM && !terminal) return;
        redraw();
    }

    /** A search has ended. */
    synchronized void chosen(SearchResult choice) {
        chosen++;
        String cells = choice.cells().stream().map(cell -> say(cell)).collect(Collectors.joining("  "));
        best = choice.best() == null
                ? "no rate reached the goal"
                : "best rate " + rate(choice.best().point());
        say("B %d  %s (%s)  %s%s", choice.batch(), best, choice.outcome(), cells, left());
    }

    /** The trials that confirm a rate have ended. */
    synchronized void found(BatchResult finding) {
        if (finding.point() == null) return;
        StepsDistribution steps = finding.steps(level);
        say(
                "B %d  %s  rate %s  %s steps, median of %s",
                finding.batch(),
                finding.rule().word(),
                rate(finding.point()),
                count(steps.median()),
                steps.trials().stream().map(r -> count(r.stepsTo(level))).toList());
    }

    /** Seconds since the start. */
    synchronized double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String say(TriedPoint cell) {
        return rate(cell.point()) + ":" + count(cell.score());
    }

    private static String count(double steps) {
        return Double.isFinite(steps) ? String.format(Locale.ROOT, "%.0f", steps) : "-";
    }

    /** A rate; powers of two are written as powers. */
    private static String rate(TunedValues point) {
        int k = Math.getExponent(point.rate());
        String rate = point.rate() == Math.scalb(1.0, k) ? "2^" + k : String.format(Locale.ROOT, "%.4g", point.rate());
        return point.momentum() == null ? rate : rate + String.format(Locale.ROOT, "/%.4g", point.momentum());
    }

    private String left() {
        double left = seconds() * (findings - chosen) / Math.max(1, chosen);
        return String.format(
                Locale.ROOT,
                "  [%d trials%s, %.0f s%s]",
                trials,
                known > 0 ? ", " + known + " reused" : "",
                seconds(),
                chosen < findings ? String.format(Locale.ROOT, ", about %.0f s left", left) : "");
    }

    private void redraw() {
        if (out == null || !terminal) return;
        out.print("\r" + best + left() + "\u001b[K");
        out.flush();
    }

    private void say(String format, Object... values) {
        if (out != null) out.println((terminal ? "\r\u001b[K" : "") + String.format(Locale.ROOT, format, values));
    }
}
