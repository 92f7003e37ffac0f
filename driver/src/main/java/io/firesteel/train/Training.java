package io.firesteel.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.array.Layout;
import io.firesteel.data.Dealing;
import io.firesteel.data.Header;
import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import io.firesteel.data.Rows;
import io.firesteel.loss.Score;
import io.firesteel.model.Model;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One run from its sources to its output folder. Constructing it reads and checks everything that can be checked
 * without Spark.
 *
 * <pre>{@code
 * Training training = new Training(Run.read("run.json", List.of()));
 * try (JavaSparkContext spark = new JavaSparkContext(training.sparkConf().setMaster("local[2]"))) {
 *   Training.Outcome outcome = training.train(spark, Options.DEFAULT);
 * }
 * }</pre>
 */
public final class Training {
    private static final int SELF_TESTS = 2;
    private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)(,.*)?]");

    private final Run run;
    private final Model model;
    private final Layout layout;
    private final Rows rows;
    private final Batches batches;
    private final float[] start; // null for fresh parameters

    /**
     * How a run is carried out; nothing of it changes the result.
     *
     * @param out folder for the results; null to keep them in memory
     * @param gradients {@code auto}, {@code in-process}, {@code spark} or {@code spark-slices}
     * @param partitions Spark partitions; 0 for one a core
     * @param progress where to show progress; null for nowhere
     * @param terminal true when {@code progress} can redraw a line
     * @param resume whether to go on from the newest checkpoint in {@code out}
     * @param allowMixed whether machines that compute different bits may work together
     */
    public record Options(
            String out,
            String gradients,
            int partitions,
            PrintStream progress,
            boolean terminal,
            boolean resume,
            boolean allowMixed) {
        public static final List<String> GRADIENTS = Route.NAMES;
        public static final Options DEFAULT = new Options(null, "auto", 0, null, false, false, false);

        public Options {
            if (!GRADIENTS.contains(gradients))
                throw new SpecException("--gradients " + gradients + ": wanted one of " + GRADIENTS);
            if (partitions < 0) throw new SpecException("--partitions " + partitions + ": wanted a number above 0");
        }
    }

    /** What a run has brought. */
    public record Outcome(SavedModel model, ObjectNode summary) {}

    /** Reads and checks the sources and fits the model to them. */
    public Training(Run run) throws IOException {
        this(run, read(run), null);
    }

    /**
     * Fits the model to rows that were read elsewhere; the run's own data is not looked at and may be null.
     *
     * @param start the parameters to begin with, copied; null for fresh ones
     */
    public Training(Run run, Rows rows, float[] start) throws IOException {
        this.run = run;
        this.rows = rows;
        this.start = start;
        this.model = run.model(rows.header());
        this.layout = model.layout();
        this.batches = new Batches(rows.trainRows(), run.batch(), run.dropLast());
        if (run.batch() > rows.trainRows())
            throw new SpecException("batch " + run.batch() + " is larger than the " + rows.trainRows()
                    + " training rows; set a smaller batch");
        if (start != null && start.length != layout.size())
            throw new SpecException("the model to start from has " + start.length + " parameters, this one "
                    + layout.size() + "; take the same layers");
    }

    private static Rows read(Run run) throws IOException {
        Header header = run.data().train().header();
        return run.dataset(run.model(header), header);
    }

    /** Labels are below this. */
    public static int classes(Model model, Header header) {
        return header.labels() ? model.outputs() : Integer.MAX_VALUE;
    }

    /** Spark's settings, those that the user has not made set to what suits this run. */
    public SparkConf sparkConf() {
        return sparkConf(model, run.shards());
    }

    /** The same for any run of this model. */
    public static SparkConf sparkConf(Model model, int shards) {
        SparkConf conf = new SparkConf();
        Map<String, String> set = SparkDefaults.apply(conf, model.layout().size(), shards);
        System.getLogger("io.firesteel").log(Level.INFO, "spark: set {0}", set);
        return conf;
    }

    public Model model() {
        return model;
    }

    public Layout layout() {
        return layout;
    }

    /** Trains, evaluates, and writes the output folder; {@code watching} is told what happens. */
    public Outcome train(JavaSparkContext spark, Options options, Observer... watching) throws IOException {
        Phases phases = new Phases();
        long start = System.nanoTime();
        boolean local = spark.isLocal() && !spark.master().startsWith("local-cluster");
        if (options.gradients.equals("in-process") && !local)
            throw new SpecException(
                    "--gradients in-process needs a local master, got " + spark.master() + "; use spark");
        int[] starts = new Tree(run.shards()).ranges(options.partitions > 0 ? options.partitions : slots(spark));
        Route route = Route.of(options.gradients, spark, starts, run.shards(), layout.size());
        boolean inProcess = route.name().equals("in-process");
        List<Checkup> checkups = inProcess ? List.of(Checkup.here(SELF_TESTS)) : Checkup.everywhere(spark, SELF_TESTS);
        Checkup.agree(checkups, options.allowMixed);
        String kind = options.allowMixed ? null : checkups.get(0).kind;
        Job job = new Job(UUID.randomUUID().toString(), model, run.batch(), run.shards(), run.seed(), kind);
        int threads = threads(spark.master());
        try (Team team = new Team(threads);
                Gradients gradients = inProcess
                        ? new InProcess(job, rows.portionsHere(spark, starts), team, phases)
                        : new OnSpark(
                                route, spark, cached(Dealing.over(spark, rows, starts)), job, starts, team, phases)) {
            phases.since("read", start);
            return train(spark, options, gradients, kind, team, phases, watching);
        }
    }

    /** Tasks that can run at once. */
    public static int slots(JavaSparkContext spark) {
        return Math.max(1, spark.defaultParallelism() / spark.getConf().getInt("spark.task.cpus", 1));
    }

    /** The N of local[N]; every core for local[*] and for a driver that only merges and updates. */
    private static int threads(String master) {
        if (master.equals("local")) return 1;
        Matcher local = LOCAL.matcher(master);
        return local.matches()
                ? Integer.parseInt(local.group(1))
                : Runtime.getRuntime().availableProcessors();
    }

    private Checkpoints checkpoints(Options options, String kind) {
        return options.out == null
                ? null
                : new Checkpoints(options.out + "/checkpoints", run.checkpoint(), identity(kind));
    }

    private MetricsFile metrics(Options options, long from, Phases phases, NoiseScale noise) throws IOException {
        return options.out == null
                ? null
                : new MetricsFile(options.out + "/metrics.jsonl", from, model.classifies(), phases, noise);
    }

    /**
     * What must be equal for a checkpoint's bits to go on: the run without when it ends, the rows it was dealt, the
     * machines.
     */
    private ObjectNode identity(String kind) {
        ObjectNode identity = (ObjectNode) Specs.write(run);
        identity.remove(List.of("data", "epochs", "stop", "checkpoint"));
        if (kind != null) identity.put("kernels", kind);
        if (run.data() != null && run.data().seed() != null)
            identity.put("dataSeed", run.data().seed());
        return identity.put("trainRows", rows.trainRows()).put("validationRows", rows.validationRows());
    }

    private static void tell(Options options, String line) {
        if (options.progress != null) options.progress.println(line);
    }

    private static JavaRDD<Portion> cached(JavaRDD<Portion> portions) {
        portions.count();
        return portions;
    }

    private Outcome train(
            JavaSparkContext spark,
            Options options,
            Gradients gradients,
            String kind,
            Team team,
            Phases phases,
            Observer[] watching)
            throws IOException {
        State state = new State(layout, run.optimizer(), run.seed());
        if (start != null) System.arraycopy(start, 0, state.params, 0, start.length);
        StepTimes times = new StepTimes();
        List<Observer> observers = new ArrayList<>(List.of(times));
        observers.addAll(List.of(watching));
        if (options.progress != null)
            observers.add(new Progress(options.progress, options.terminal, run, batches, model.classifies()));
        long begun = System.nanoTime(), first;
        try (Checkpoints checkpoints = checkpoints(options, kind)) {
            if (options.resume) checkpoints.restore(state, line -> tell(options, line));
            first = state.step;
            if (options.out != null) SavedModel.write(options.out + "/run.json", Specs.text(run));
            Trainer trainer = new Trainer(
                    run, layout, batches, rows.validationRows() > 0, gradients, team, observers, checkpoints, phases);
            try (MetricsFile metrics = metrics(options, state.step, phases, trainer.noise())) {
                if (metrics != null) observers.add(metrics);
                trainer.train(state);
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9 - phases.seconds().getOrDefault("evaluate", 0.0);
        long evaluating = System.nanoTime();
        Score validation = rows.validationRows() > 0 ? gradients.score(state.params, Split.VALIDATION) : null;
        Score test = rows.testRows() > 0 ? gradients.score(state.params, Split.TEST) : null;
        phases.since("evaluate", evaluating);
        Summary summary = new Summary(model.classifies())
                .score("train", state.epoch)
                .score("val", validation)
                .score("test", test)
                .badRows("train", rows.trainCensus())
                .badRows("test", rows.testCensus());
        ObjectNode text =
                summary.write(run, state, first, batches, gradients.name(), spark, team.size(), seconds, phases);
        times.write(text.putObject("stepSeconds"));
        SavedModel saved = new SavedModel(model, state.params, ModelCard.of(model, run, rows, text));
        if (options.out != null) {
            saved.save(options.out + "/model");
            SavedModel.write(options.out + "/summary.json", Specs.text(text));
        }
        return new Outcome(saved, text);
    }
}
