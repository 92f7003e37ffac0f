package io.firesteel.studies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.kernel.Blas;
import io.firesteel.internal.kernel.conv.Convolutions;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.shard.ShardedRows;
import io.firesteel.model.ModelSpec;
import io.firesteel.spec.Specs;
import io.firesteel.studies.ScalingRegimes.Interval;
import io.firesteel.studies.ScalingRegimes.Regime;
import io.firesteel.studies.TrialResult.Measurement;
import io.firesteel.studies.TrialResult.Status;
import io.firesteel.train.Run;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * {@code summary.json} of a study: the conclusion, the warnings, and all numbers behind them. {@code momentum} is the
 * run file's, or null.
 */
record StudySummary(
        Study study,
        Run run,
        ModelSpec model,
        ShardedRows dataset,
        Double momentum,
        List<BatchResult> findings,
        List<TrialResult> results) {

    ObjectNode write(JavaSparkContext spark, int slots, String fingerprint, double seconds) {
        List<BatchResult> main = of(study.rules().get(0));
        double hardest = study.goals().hardest();
        CriticalBatchFit fit = fit(main, hardest);
        List<StudyWarning> warnings = StudyWarning.of(study, findings, results, fit);
        String obstacle = warnings.stream()
                .filter(StudyWarning::prevents)
                .map(StudyWarning::text)
                .findFirst()
                .orElse(null);
        ObjectNode to = JsonNodeFactory.instance.objectNode().put("name", study.name());
        to.put(
                "conclusion",
                obstacle == null
                        ? conclusion(fit, regimes(main, hardest))
                        : "cannot be concluded, because " + obstacle);
        to.put("concluded", obstacle == null);
        StudyWarning.write(warnings, to.putArray("warnings"));
        environment(to.putObject("environment"), spark, slots, fingerprint);
        protocol(to.putObject("protocol"));
        ArrayNode goals = to.putArray("goals");
        for (double level : study.goals().levels()) goal(goals.addObject(), main, level, fit(main, level));
        ArrayNode search = to.putArray("search");
        for (BatchResult f : findings) if (f.choice() != null) search(search.addObject(), f);
        ArrayNode rules = to.putArray("rules");
        for (BatchScalingRule rule : study.rules()) rule(rules.addObject(), rule);
        ArrayNode noise = to.putArray("noise");
        for (BatchResult f : main) if (!f.confirmed().isEmpty()) noise(noise.addObject(), f);
        ObjectNode counts = to.putObject("trials").put("count", results.size());
        for (Status status : Status.values())
            counts.put(
                    "" + status,
                    results.stream().filter(result -> result.status() == status).count());
        to.putObject("seconds")
                .put("wall", seconds)
                .put(
                        "train",
                        results.stream().mapToDouble(TrialResult::trainSeconds).sum())
                .put(
                        "evaluate",
                        results.stream().mapToDouble(TrialResult::evalSeconds).sum());
        return to;
    }

    private List<BatchResult> of(BatchScalingRule rule) {
        return findings.stream().filter(f -> f.rule().equals(rule)).toList();
    }

    private static CriticalBatchFit fit(List<BatchResult> main, double level) {
        TreeMap<Integer, double[]> steps = new TreeMap<>();
        for (BatchResult f : main)
            if (!f.confirmed().isEmpty()) steps.put(f.batch(), f.steps(level).sorted());
        return CriticalBatchFit.of(steps);
    }

    private static ScalingRegimes regimes(List<BatchResult> main, double level) {
        TreeMap<Integer, Double> medians = new TreeMap<>();
        for (BatchResult f : main) if (Double.isFinite(f.median(level))) medians.put(f.batch(), f.median(level));
        return ScalingRegimes.of(medians);
    }

    private String conclusion(CriticalBatchFit fit, ScalingRegimes regimes) {
        List<Interval> spans = regimes.spans();
        Interval first = spans.get(0), last = spans.get(spans.size() - 1);
        String below = first.regime() == Regime.PERFECT
                ? "fall as 1/B up to B = " + first.to()
                : "fall slower than 1/B from the smallest batch on";
        String above = last.regime() == Regime.MAXIMAL
                ? "hardly fall from B = " + last.from()
                : "still fall at the largest batch";
        return String.format(
                Locale.ROOT,
                "steps to %s %s %s and %s; critical batch %.0f (%.0f to %.0f), at least %.0f steps",
                study.goals().metric(),
                study.goals().hardest(),
                below,
                above,
                fit.critical(),
                fit.criticalLow(),
                fit.criticalHigh(),
                fit.minSteps());
    }

    private static void environment(ObjectNode to, JavaSparkContext spark, int slots, String fingerprint) {
        to.put("master", spark.master()).put("slots", slots).put("host", host());
        to.put("processors", Runtime.getRuntime().availableProcessors());
        to.put("java", System.getProperty("java.version")).put("spark", spark.version());
        String version = StudySummary.class.getPackage().getImplementationVersion();
        to.put("firesteel", version == null ? "unpackaged" : version);
        to.put("kernels", fingerprint == null ? Blas.name() + " + " + Convolutions.name() : fingerprint);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private void protocol(ObjectNode to) {
        to.set("study", Specs.write(study));
        to.set("run", Specs.write(run));
        to.put("trainRows", dataset.trainRows()).put("validationRows", dataset.validationRows());
        to.put("testRows", dataset.testRows()).put("parameters", model.layout().size());
    }

    private void goal(ObjectNode to, List<BatchResult> main, double level, CriticalBatchFit fit) {
        boolean hardest = level == study.goals().hardest();
        to.put("metric", "" + study.goals().metric()).put("level", level).put("hardest", hardest);
        ArrayNode batches = to.putArray("batches");
        for (BatchResult f : main) {
            double median = f.median(level);
            ObjectNode at = point(
                    batches.addObject()
                            .put("batch", f.batch())
                            .put("shards", run.shards())
                            .put("rule", f.rule().word()),
                    f.point());
            at.put("search", f.search());
            boolean selected = f.choice() != null && f.choice().best() != null;
            at.set(
                    "stepsSelected",
                    Specs.number(
                            selected
                                    ? StepsDistribution.median(f.choice().best().results(), level)
                                    : Double.NaN));
            f.steps(level).write(at.putObject("steps"));
            at.set("examples", Specs.number(median * f.batch()));
            at.set("epochs", Specs.number(median * f.batch() / dataset.trainRows()));
            at.set("trainSeconds", Specs.number(median(f, TrialResult::trainSeconds)));
            at.set("evalSeconds", Specs.number(median(f, TrialResult::evalSeconds)));
            at.set(
                    "testError",
                    Specs.number(
                            hardest
                                    ? median(f, r -> r.testError() == null ? Double.POSITIVE_INFINITY : r.testError())
                                    : Double.NaN));
        }
        fit.write(to.putObject("fit"), study.batches());
        regimes(main, level).write(to);
    }

    private static double median(BatchResult f, ToDoubleFunction<TrialResult> value) {
        return StepsDistribution.median(
                f.confirmed().stream().mapToDouble(value).sorted().toArray());
    }

    /** Rate and momentum of a point; nulls if there is none. */
    private ObjectNode point(ObjectNode to, TunedValues point) {
        to.put("rate", point == null ? null : point.rate());
        return to.put("momentum", point == null || point.momentum() == null ? momentum : point.momentum());
    }

    private void search(ObjectNode to, BatchResult f) {
        TriedPoint best = f.choice().best();
        to.put("rule", f.rule().word()).put("batch", f.batch()).put("outcome", f.search());
        if (best == null) to.putNull("best");
        else point(to.putObject("best"), best.point());
        ArrayNode cells = to.putArray("cells");
        for (TriedPoint cell : f.choice().cells()) {
            ObjectNode at = point(cells.addObject(), cell.point());
            at.set("score", Specs.number(cell.score()));
            StepsDistribution.write(
                    at.putArray("trials"), cell.results(), study.goals().hardest());
        }
    }

    private void rule(ObjectNode to, BatchScalingRule rule) {
        double level = study.goals().hardest();
        boolean scaled = rule instanceof BatchScalingRule.Scaled;
        Integer base = scaled ? (Integer) ((BatchScalingRule.Scaled) rule).batch() : null;
        to.put("rule", rule.word()).put("baseBatch", base);
        TunedValues known = of(rule).stream()
                .filter(f -> base != null && f.batch() == base)
                .map(BatchResult::point)
                .filter(point -> point != null)
                .findFirst()
                .orElse(null);
        to.put(
                "baseRate",
                !scaled ? null : known != null ? (Double) known.rate() : ((BatchScalingRule.Scaled) rule).rate());
        to.put("warmUp", rule.warmUp());
        ArrayNode batches = to.putArray("batches");
        for (BatchResult f : of(rule)) {
            ObjectNode at = point(batches.addObject().put("batch", f.batch()), f.point());
            f.steps(level).write(at.putObject("steps"));
            double tuned = findings.stream()
                    .filter(t -> t.rule() instanceof BatchScalingRule.Tuned && t.batch() == f.batch())
                    .mapToDouble(t -> t.median(level))
                    .findFirst()
                    .orElse(Double.NaN);
            at.set("ratioToTuned", Specs.number(Double.isInfinite(tuned) ? Double.NaN : f.median(level) / tuned));
        }
    }

    /**
     * The noise around the last evaluation, over all trials that confirmed the batch; its slices are those of the
     * median trial.
     */
    private void noise(ObjectNode to, BatchResult f) {
        TrialResult middle = f.steps(study.goals().hardest()).middle();
        List<Measurement> last = f.confirmed().stream()
                .filter(r -> !r.measurements().isEmpty())
                .map(r -> r.measurements().get(r.measurements().size() - 1))
                .filter(m -> m.g2() != null)
                .toList();
        to.put("batch", f.batch())
                .put("trial", middle.trial().id())
                .put("step", middle.steps())
                .put("trials", last.size());
        NoiseScale.over(
                        last.stream().mapToDouble(Measurement::trS).toArray(),
                        last.stream().mapToDouble(Measurement::g2).toArray())
                .write(to);
        ArrayNode slices = to.putArray("slices");
        for (TrialResult.SliceEstimate s : middle.slices())
            slices.addObject()
                    .put("name", s.name())
                    .put("trS", s.trS())
                    .put("G2", s.g2())
                    .put("noiseScale", s.noiseScale());
    }
}
