package io.firesteel.studies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.firesteel.studies.SearchResult.SearchOutcome;
import io.firesteel.studies.TrialResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A caveat about a study's results.
 *
 * @param kind {@code unreached, edge, failures, noFit, few, unknownNoise, wall, diverged, censored}
 * @param goal null if it concerns all of them
 * @param rule likewise
 * @param batch likewise
 * @param prevents whether it rules out a conclusion
 */
record StudyWarning(String kind, Double goal, String rule, Integer batch, boolean prevents, String text) {
    private static final int FEW = 3; // seeds

    /** All warnings, those that rule out a conclusion first. */
    static List<StudyWarning> of(
            Study study, List<BatchResult> findings, List<TrialResult> results, CriticalBatchFit hardest) {
        List<StudyWarning> all = new ArrayList<>();
        double goal = study.goals().hardest();
        String aim = study.goals().metric() + " " + goal;
        String first = study.rules().get(0).word();
        for (BatchResult f : findings) {
            boolean main = f.rule().word().equals(first);
            String at = "at batch " + f.batch();
            if (f.choice() != null && f.choice().outcome() == SearchOutcome.FAILED)
                all.add(new StudyWarning(
                        "unreached",
                        goal,
                        f.rule().word(),
                        f.batch(),
                        main,
                        "none of the tried rates reached " + aim + " " + at));
            else if (f.point() == null)
                all.add(new StudyWarning(
                        "unreached",
                        goal,
                        f.rule().word(),
                        f.batch(),
                        main,
                        "the rule " + f.rule().word() + " has no rate " + at
                                + ", since none was found at its base batch"));
            else if (Double.isInfinite(f.median(goal)))
                all.add(new StudyWarning(
                        "unreached",
                        goal,
                        f.rule().word(),
                        f.batch(),
                        main,
                        f.steps(goal).failures() + " of "
                                + f.confirmed().size() + " confirm trials of the rule "
                                + f.rule().word() + " did not reach " + aim + " "
                                + at));
            else if (f.steps(goal).failures() > 0)
                all.add(new StudyWarning(
                        "failures",
                        goal,
                        f.rule().word(),
                        f.batch(),
                        false,
                        f.steps(goal).failures() + " of "
                                + f.confirmed().size() + " confirm trials of the rule "
                                + f.rule().word() + " did not reach " + aim
                                + " " + at
                                + "; they count as infinitely slow"));
            if (f.choice() != null
                    && (f.choice().outcome() == SearchOutcome.EDGE_LOW
                            || f.choice().outcome() == SearchOutcome.EDGE_HIGH))
                all.add(new StudyWarning(
                        "edge",
                        goal,
                        f.rule().word(),
                        f.batch(),
                        main,
                        "the best rate " + at + ", " + f.point().rate()
                                + ", is the " + (f.choice().outcome() == SearchOutcome.EDGE_LOW ? "lowest" : "highest")
                                + " of the search, so a better one may be outside it; widen the search"));
        }
        if (!hardest.found()) all.add(new StudyWarning("noFit", goal, first, null, true, hardest.reason()));
        all.sort((a, b) -> Boolean.compare(b.prevents, a.prevents));
        if (study.seeds().confirm().size() < FEW)
            all.add(new StudyWarning(
                    "few",
                    null,
                    null,
                    null,
                    false,
                    "only " + study.seeds().confirm().size()
                            + " seeds confirm each rate; intervals from so few are unreliable"));
        for (BatchResult f : findings) {
            TrialResult middle = f.rule().word().equals(first) ? f.steps(goal).middle() : null;
            if (middle != null && middle.measurements().stream().allMatch(m -> m.noiseScale() == null))
                all.add(new StudyWarning(
                        "unknownNoise",
                        null,
                        first,
                        f.batch(),
                        false,
                        "the noise scale at batch " + f.batch()
                                + " is unknown: fewer than two shards had rows, or |G|^2 is below the noise"));
        }
        count(all, results, Status.WALL, "wall", "trials were ended by the time limit, which is not reproducible");
        count(all, results, Status.DIVERGED, "diverged", "trials diverged");
        count(
                all,
                results,
                Status.CENSORED,
                "censored",
                "trials were censored at twice the best median; whether they would have reached the goal is "
                        + "unknown");
        return all;
    }

    private static void count(
            List<StudyWarning> all, List<TrialResult> results, Status status, String kind, String text) {
        long count =
                results.stream().filter(result -> result.status() == status).count();
        if (count > 0)
            all.add(new StudyWarning(
                    kind,
                    null,
                    null,
                    null,
                    false,
                    String.format(Locale.ROOT, "%d of %d %s", count, results.size(), text)));
    }

    static void write(List<StudyWarning> warnings, ArrayNode to) {
        for (StudyWarning w : warnings)
            to.addObject()
                    .put("kind", w.kind)
                    .put("goal", w.goal)
                    .put("rule", w.rule)
                    .put("batch", w.batch)
                    .put("text", w.text);
    }
}
