package io.firesteel.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.data.Dataset;
import io.firesteel.data.Header;
import io.firesteel.model.Model;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import io.firesteel.study.Rule.Scaled;
import io.firesteel.study.Rule.Tuned;
import io.firesteel.study.Study.Metric;
import io.firesteel.study.Trial.Phase;
import io.firesteel.train.Checkup;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A study from its file to its folder. Constructing it reads and checks everything that can be checked without Spark.
 *
 * <p>The folder gets {@code trials/} while it runs, and at the end {@code trials.csv}, {@code measurements.csv} and
 * {@code summary.json}. What is decided depends on the results of trials alone, never on which of them ended first.
 */
public final class Investigation {
    private static final int SELF_TESTS = 2;

    private final Study study;
    private final Run run;
    private final Model model;
    private final Dataset dataset;

    public Investigation(Study study) throws IOException {
        this.study = study;
        this.run = Run.read(study.run(), study.set());
        Header header = run.data().train().header();
        this.model = run.model(header);
        this.dataset = run.dataset(model, header);
        if (dataset.validationRows() == 0)
            throw new SpecException(
                    study.run() + ": data.validation holds out no rows, and a study's goals are judged by those; "
                            + "add \"validation\": {\"last\": 5000}, or a fraction");
        if (study.goals().metric() == Metric.valError && !model.classifies())
            throw new SpecException("goals.metric: the data has no class labels and so no valError; take valLoss");
        int largest = study.batches().get(study.batches().size() - 1);
        if (largest > dataset.trainRows())
            throw new SpecException(
                    "batches: " + largest + " is more than the " + dataset.trainRows() + " training rows");
        for (int batch : study.batches())
            Order.of(study, run, probe(batch), dataset.trainRows()); // refuses what cannot be run
    }

    private Trial probe(int batch) {
        Double momentum = study.search() instanceof Search.Halton halton ? halton.lowMomentum() : null;
        return new Trial(Phase.SEARCH, "probe", batch, 1, momentum, 0, 0, 0, 0);
    }

    /** Spark's settings, those that the user has not made set to what suits this study. */
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
     * Runs every trial that is not in {@code out} already, writes the tables, with {@code export} those of Shallue et
     * al. too, and returns the summary.
     */
    public ObjectNode conduct(
            JavaSparkContext spark, String out, StudyProgress progress, boolean export, boolean allowMixed)
            throws IOException {
        String kind = Checkup.agreed(spark, SELF_TESTS, allowMixed);
        Rows rows = new Rows(dataset, run.shards());
        Archive archive = new Archive(out + "/trials", place(kind));
        List<Result> all = new ArrayList<>();
        List<Finding> findings;
        Archive.write(out + "/study.json", Specs.text(study));
        int slots = Training.slots(spark);
        progress.begin(study, slots);
        try (Lab lab = new Lab(spark, slots, new TrialTask(model, rows, kind), archive, (result, known) -> {
            synchronized (all) {
                all.add(result);
            }
            progress.done(result, known);
        })) {
            findings = findings(lab, progress);
        } finally {
            rows.release();
        }
        Tables tables = Tables.of(study, all);
        Archive.write(out + "/trials.csv", tables.trials(run.shards(), momentum()));
        Archive.write(out + "/measurements.csv", tables.measurements());
        ObjectNode summary = new StudySummary(study, run, model, dataset, momentum(), findings, tables.results())
                .write(spark, slots, kind, progress.seconds());
        Archive.write(out + "/summary.json", Specs.text(summary));
        if (export) new ShallueExport(study, run).write(tables.results(), out + "/export");
        return summary;
    }

    /** What results depend on besides their orders. */
    private String place(String kind) {
        return dataset.trainRows() + " " + dataset.validationRows() + " " + dataset.testRows() + " " + kind + " ";
    }

    private Double momentum() {
        var momentum = Specs.write(run.optimizer()).get("momentum");
        return momentum == null ? null : momentum.doubleValue();
    }

    /**
     * Batches upwards, rules in their order. While a search waits for its slowest trial, confirmations of before fill
     * the slots.
     */
    private List<Finding> findings(Lab lab, StudyProgress progress) {
        List<Choice> tuned = new ArrayList<>();
        List<Pending> pending = new ArrayList<>();
        for (Rule rule : study.rules()) {
            Choice neighbour = null;
            for (int batch : study.batches()) {
                Choice choice = null;
                Point point;
                if (rule instanceof Tuned) {
                    neighbour = choice = study.search()
                            .find(batch, neighbour, (points, cap) -> cells(lab, rule, batch, points, cap));
                    tuned.add(choice);
                    point = choice.best() == null ? null : choice.best().point();
                    progress.chosen(choice);
                } else {
                    point = scaled((Scaled) rule, batch, tuned);
                }
                List<CompletableFuture<Result>> confirmed = new ArrayList<>();
                if (point != null)
                    for (long seed : study.seeds().confirm())
                        confirmed.add(start(lab, Phase.CONFIRM, rule, batch, point, seed, 0));
                pending.add(new Pending(rule, batch, choice, point, confirmed));
            }
        }
        return pending.stream()
                .map(p -> {
                    Finding finding = new Finding(p.rule, p.batch, p.choice, p.point, Lab.join(p.confirmed));
                    progress.found(finding);
                    return finding;
                })
                .toList();
    }

    /** A finding whose trials are on their way. */
    private record Pending(
            Rule rule, int batch, Choice choice, Point point, List<CompletableFuture<Result>> confirmed) {}

    private List<Cell> cells(Lab lab, Rule rule, int batch, List<Point> points, long cap) {
        List<List<CompletableFuture<Result>>> started = new ArrayList<>();
        for (Point point : points)
            started.add(study.seeds().search().stream()
                    .map(seed -> start(lab, Phase.SEARCH, rule, batch, point, seed, cap))
                    .toList());
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < points.size(); i++)
            cells.add(Cell.of(points.get(i), study.goals().hardest(), Lab.join(started.get(i))));
        return cells;
    }

    private CompletableFuture<Result> start(
            Lab lab, Phase phase, Rule rule, int batch, Point point, long seed, long cap) {
        Trial trial = new Trial(
                phase,
                rule.word(),
                batch,
                point.rate(),
                point.momentum(),
                rule.warmUp(),
                rule instanceof Rule.AdaScale scaled ? scaled.batch() : 0,
                seed,
                cap);
        return lab.start(Order.of(study, run, trial, dataset.trainRows()));
    }

    /** The rule's rate from that of its base batch; null where the search found none there. */
    private static Point scaled(Scaled rule, int batch, List<Choice> tuned) {
        Point base = rule.rate() == null
                ? tuned.stream()
                        .filter(c -> c.batch() == rule.batch() && c.best() != null)
                        .map(c -> c.best().point())
                        .findFirst()
                        .orElse(null)
                : new Point(rule.rate(), null);
        return base == null ? null : new Point(base.rate() * rule.factor(batch), base.momentum());
    }
}
