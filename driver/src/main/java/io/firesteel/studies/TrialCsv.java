package io.firesteel.studies;

import io.firesteel.studies.TrialResult.Measurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The results of a study as CSV, sorted by rule, phase, batch, rate, momentum, seed. */
record TrialCsv(List<TrialResult> results) {
    private static final String TRIALS =
            "trial,phase,B,W,shards,rate,momentum,rule,seed,status,steps,examples,epochs,bestVal,"
                    + "testErrorAtGoal,trainSeconds,evalSeconds,cap,reached";
    private static final String MEASUREMENTS =
            "trial,step,examples,seconds,trainLoss,valLoss,valError,trS,G2,noiseScale," + "noiseLow,noiseHigh";

    static TrialCsv of(Study study, List<TrialResult> results) {
        List<String> rules = study.rules().stream().map(BatchScalingRule::word).toList();
        Comparator<TrialResult> order =
                Comparator.comparing(result -> rules.indexOf(result.trial().rule()));
        order = order.thenComparing(result -> result.trial().phase())
                .thenComparing(result -> result.trial().batch())
                .thenComparing(result -> result.trial().rate())
                .thenComparing(result -> result.trial().momentum(), Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(result -> result.trial().seed());
        return new TrialCsv(results.stream().sorted(order).toList());
    }

    /** One line per trial; {@code momentum} is the optimizer's, for trials without their own, or null. */
    String trials(int shards, Double momentum) {
        List<String> lines = new ArrayList<>(List.of(TRIALS));
        for (TrialResult r : results) {
            Trial t = r.trial();
            String reached =
                    r.reached().stream().map(g -> g.level() + ":" + g.steps()).collect(Collectors.joining(" "));
            lines.add(line(
                    t.id(),
                    t.phase(),
                    t.batch(),
                    1,
                    shards,
                    t.rate(),
                    t.momentum() == null ? momentum : t.momentum(),
                    t.rule(),
                    t.seed(),
                    r.status(),
                    r.steps(),
                    r.examples(),
                    r.epochs(),
                    r.bestVal(),
                    r.testError(),
                    r.trainSeconds(),
                    r.evalSeconds(),
                    r.cap(),
                    reached));
        }
        return text(lines);
    }

    /** One line per evaluation. */
    String measurements() {
        List<String> lines = new ArrayList<>(List.of(MEASUREMENTS));
        for (TrialResult r : results)
            for (Measurement m : r.measurements())
                lines.add(line(
                        r.trial().id(),
                        m.step(),
                        m.examples(),
                        m.seconds(),
                        m.trainLoss(),
                        m.valLoss(),
                        m.valError(),
                        m.trS(),
                        m.g2(),
                        m.noiseScale(),
                        m.noiseLow(),
                        m.noiseHigh()));
        return text(lines);
    }

    /** Writes a line; null becomes an empty field. */
    static String line(Object... fields) {
        return Arrays.stream(fields)
                .map(field -> field == null ? "" : field.toString())
                .collect(Collectors.joining(","));
    }

    static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
