package io.firesteel.studies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.cluster.SparkCluster;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.ShardedRows;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import io.firesteel.studies.BatchScalingRule.Scaled;
import io.firesteel.studies.BatchScalingRule.Tuned;
import io.firesteel.studies.Study.GoalMetric;
import io.firesteel.studies.Trial.Phase;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs a study from its file to its folder. The constructor checks what can be checked without reading the rows.
 *
 * <p>The folder gets {@code trials/} while it runs, and at the end {@code trials.csv}, {@code measurements.csv} and
 * {@code summary.json}. Decisions depend only on the results of trials, never on the order in which they ended.
 */
public final class StudyRunner {
    private static final int SELF_TESTS = 2;

    private final Study study;
    private final Run run;
    private final ModelSpec model;
    private final RowSchema schema;
    private ShardedRows dataset; // null until the study is conducted

    public StudyRunner(Study study) throws IOException {
        this.study = study;
        this.run = Run.read(study.run(), study.set());
        this.schema = run.data().train().schema();
        this.model = run.model(schema);
        if (study.goals().metric() == GoalMetric.valError && !model.classifies())
            throw new SpecException("goals.metric: the data has no class labels and so no valError; take valLoss");
        for (int batch : study.batches()) TrialSpec.of(study, run, probe(batch), batch); // throws if it cannot be run
    }

    /** Throws where the study does not fit its rows. */
    private void check() {
        if (dataset.validationRows() == 0)
            throw new SpecException(
                    study.run() + ": data.validation has no rows, but a study's goals are measured on them; "
                            + "add \"validation\": {\"last\": 5000}, or a fraction");
        int largest = study.batches().get(study.batches().size() - 1);
        if (largest > dataset.trainRows())
            throw new SpecException(
                    "batches: " + largest + " is more than the " + dataset.trainRows() + " training rows");
    }

    private Trial probe(int batch) {
        Double momentum = study.search() instanceof RateSearch.Halton halton ? halton.lowMomentum() : null;
        return new Trial(Phase.SEARCH, "probe", batch, 1, momentum, 0, 0, 0, 0);
    }

    /** Spark's settings, with suitable defaults for those that the user has not set. */
    public SparkConf sparkConf() {
        return Training.sparkConf(model, run.shards());
    }

    public Study study() {
        return study;
    }

    public Run run() {
        return run;
    }

    /**
     * Runs every trial that is not in {@code out} already, writes the tables, with {@code export} also in the layout of
     * Shallue et al., and returns the summary.
     */
    public ObjectNode conduct(
            JavaSparkContext spark, String out, StudyProgress progress, boolean export, boolean allowMixed)
            throws IOException {
        String fingerprint = ProcessCheck.agreed(spark, SELF_TESTS, allowMixed);
        dataset = run.rows(spark, model, schema);
        check();
        Broadcast<ShardRange> rows = everywhere(spark);
        TrialStore archive = new TrialStore(out + "/trials", place(fingerprint));
        List<TrialResult> all = new ArrayList<>();
        List<BatchResult> findings;
        TrialStore.write(out + "/study.json", Specs.text(study));
        int slots = SparkCluster.slots(spark);
        progress.begin(study, slots);
        try (TrialScheduler lab =
                new TrialScheduler(spark, slots, new TrialTask(model, rows, fingerprint), archive, (result, known) -> {
                    synchronized (all) {
                        all.add(result);
                    }
                    progress.done(result, known);
                })) {
            findings = findings(lab, progress);
        } finally {
            rows.destroy();
        }
        TrialCsv tables = TrialCsv.of(study, all);
        TrialStore.write(out + "/trials.csv", tables.trials(run.shards(), momentum()));
        TrialStore.write(out + "/measurements.csv", tables.measurements());
        ObjectNode summary = new StudySummary(study, run, model, dataset, momentum(), findings, tables.results())
                .write(spark, slots, fingerprint, progress.seconds());
        TrialStore.write(out + "/summary.json", Specs.text(summary));
        if (export) new ShallueExport(study, run).write(tables.results(), out + "/export");
        return summary;
    }

    /** The rows in the memory of every process, read once. */
    private Broadcast<ShardRange> everywhere(JavaSparkContext spark) {
        int[] starts = new ReductionTree(run.shards()).ranges(SparkCluster.slots(spark));
        List<ShardRange> ranges = SparkCluster.isOneProcess(spark)
                ? dataset.localShardRanges(spark, starts)
                : dataset.shardRanges(spark, starts).collect();
        dataset.close();
        return spark.broadcast(ShardRange.joined(ranges));
    }

    /** What results depend on besides their trials' settings. */
    private String place(String fingerprint) {
        return dataset.trainRows() + " " + dataset.validationRows() + " " + dataset.testRows() + " " + fingerprint
                + " ";
    }

    private Double momentum() {
        var momentum = Specs.write(run.optimizer()).get("momentum");
        return momentum == null ? null : momentum.doubleValue();
    }

    /**
     * Batch sizes in ascending order, rules in theirs. While a search waits for its slowest trial, earlier confirm
     * trials fill the task slots.
     */
    private List<BatchResult> findings(TrialScheduler lab, StudyProgress progress) {
        List<SearchResult> tuned = new ArrayList<>();
        List<Pending> pending = new ArrayList<>();
        for (BatchScalingRule rule : study.rules()) {
            SearchResult neighbour = null;
            for (int batch : study.batches()) {
                SearchResult choice = null;
                TunedValues point;
                if (rule instanceof Tuned) {
                    neighbour = choice = study.search()
                            .find(batch, neighbour, (points, cap) -> cells(lab, rule, batch, points, cap));
                    tuned.add(choice);
                    point = choice.best() == null ? null : choice.best().point();
                    progress.chosen(choice);
                } else {
                    point = scaled((Scaled) rule, batch, tuned);
                }
                List<CompletableFuture<TrialResult>> confirmed = new ArrayList<>();
                if (point != null)
                    for (long seed : study.seeds().confirm())
                        confirmed.add(start(lab, Phase.CONFIRM, rule, batch, point, seed, 0));
                pending.add(new Pending(rule, batch, choice, point, confirmed));
            }
        }
        return pending.stream()
                .map(p -> {
                    BatchResult finding =
                            new BatchResult(p.rule, p.batch, p.choice, p.point, TrialScheduler.join(p.confirmed));
                    progress.found(finding);
                    return finding;
                })
                .toList();
    }

    /** A batch result whose trials are running. */
    private record Pending(
            BatchScalingRule rule,
            int batch,
            SearchResult choice,
            TunedValues point,
            List<CompletableFuture<TrialResult>> confirmed) {}

    private List<TriedPoint> cells(
            TrialScheduler lab, BatchScalingRule rule, int batch, List<TunedValues> points, long cap) {
        List<List<CompletableFuture<TrialResult>>> started = new ArrayList<>();
        for (TunedValues point : points)
            started.add(study.seeds().search().stream()
                    .map(seed -> start(lab, Phase.SEARCH, rule, batch, point, seed, cap))
                    .toList());
        List<TriedPoint> cells = new ArrayList<>();
        for (int i = 0; i < points.size(); i++)
            cells.add(TriedPoint.of(points.get(i), study.goals().hardest(), TrialScheduler.join(started.get(i))));
        return cells;
    }

    private CompletableFuture<TrialResult> start(
            TrialScheduler lab, Phase phase, BatchScalingRule rule, int batch, TunedValues point, long seed, long cap) {
        Trial trial = new Trial(
                phase,
                rule.word(),
                batch,
                point.rate(),
                point.momentum(),
                rule.warmUp(),
                rule instanceof BatchScalingRule.AdaScaleRule scaled ? scaled.batch() : 0,
                seed,
                cap);
        return lab.start(TrialSpec.of(study, run, trial, dataset.trainRows()));
    }

    /** The rule's rate, derived from that of its base batch; null if the search found none there. */
    private static TunedValues scaled(Scaled rule, int batch, List<SearchResult> tuned) {
        TunedValues base = rule.rate() == null
                ? tuned.stream()
                        .filter(c -> c.batch() == rule.batch() && c.best() != null)
                        .map(c -> c.best().point())
                        .findFirst()
                        .orElse(null)
                : new TunedValues(rule.rate(), null);
        return base == null ? null : new TunedValues(base.rate() * rule.factor(batch), base.momentum());
    }
}
