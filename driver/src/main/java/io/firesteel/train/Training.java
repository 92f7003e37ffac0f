package io.firesteel.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.array.ParamLayout;
import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.cluster.SparkCluster;
import io.firesteel.internal.files.FolderLock;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.gradient.AggregationPlan;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.LocalGradients;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.persistent.ClusterGradients;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.ShardRangeRdd;
import io.firesteel.internal.shard.ShardedRows;
import io.firesteel.internal.shard.Split;
import io.firesteel.metric.Evaluation;
import io.firesteel.metric.Metrics;
import io.firesteel.model.ModelSpec;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One run from its sources to its output folder. Constructing it checks what can be checked without reading the rows.
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

    private final ModelSpec model;
    private final ParamLayout layout;
    private final RowSchema schema; // of the run's own rows
    private Run run;
    private ShardedRows rows; // null until the run's own are read
    private BatchPlan batches;
    private final float[] start; // null for fresh parameters

    /**
     * How a run is carried out; nothing of it changes the result.
     *
     * @param out folder for the results; null to keep them in memory
     * @param gradients one of {@link #GRADIENTS}
     * @param partitions Spark partitions; 0 for one per core
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
        public static final List<String> GRADIENTS = AggregationPlan.NAMES;
        public static final Options DEFAULT = new Options(null, "auto", 0, null, false, false, false);

        public Options {
            if (!GRADIENTS.contains(gradients))
                throw new SpecException("--gradients " + gradients + ": wanted one of " + GRADIENTS);
            if (partitions < 0) throw new SpecException("--partitions " + partitions + ": wanted a number above 0");
        }

        /** Throws if {@code out} holds a run that is not to be resumed. */
        public void check() throws IOException {
            if (!resume && out != null && HadoopFiles.exists(out + "/run.json"))
                throw new SpecException(
                        out + ": holds a run; give another --out, pass --resume to resume it, or remove it");
        }
    }

    /** The results of a run. */
    public record Outcome(SavedModel model, ObjectNode summary) {}

    /** Fits the model to the run's own rows: looks at what they are, and leaves reading them to {@link #train}. */
    public Training(Run run) throws IOException {
        this.schema = run.data().train().schema();
        this.run = run;
        this.model = run.model(schema);
        this.layout = model.layout();
        this.start = null;
    }

    /**
     * Fits the model to rows that were read elsewhere; the run's own data is not looked at and may be null.
     *
     * @param start the parameters to begin with, copied; null for fresh ones
     */
    public Training(Run run, ShardedRows rows, float[] start) throws IOException {
        this.schema = null;
        this.start = start;
        this.model = run.model(rows.schema());
        this.layout = model.layout();
        fit(run, rows);
        if (start != null && start.length != layout.size())
            throw new SpecException("the model to start from has " + start.length + " parameters, this one "
                    + layout.size() + "; take the same layers");
    }

    private void fit(Run unfitted, ShardedRows counted) {
        if (unfitted.batch() > counted.trainRows())
            throw new SpecException("batch " + unfitted.batch() + " is larger than the " + counted.trainRows()
                    + " training rows; set a smaller batch");
        rows = counted;
        batches = new BatchPlan(counted.trainRows(), unfitted.batch(), unfitted.dropLast());
        run = unfitted.withLength(batches.stepsPerEpoch());
    }

    /** Spark's settings, those that the user has not made set to what suits this run. */
    public SparkConf sparkConf() {
        return sparkConf(model, run.shards());
    }

    /** The same for any run of this model. */
    public static SparkConf sparkConf(ModelSpec model, int shards) {
        SparkConf conf = new SparkConf();
        Map<String, String> set = SparkDefaults.apply(conf, model.layout().size(), shards);
        System.getLogger("io.firesteel").log(Level.INFO, "spark: set {0}", set);
        return conf;
    }

    public ModelSpec model() {
        return model;
    }

    public ParamLayout layout() {
        return layout;
    }

    /** Trains, evaluates, and writes the output folder; {@code watching} are called with what happens. */
    public Outcome train(JavaSparkContext spark, Options options, TrainingListener... watching) throws IOException {
        if (options.out == null) return train(spark, options, (FolderLock) null, watching);
        try (FolderLock lock = FolderLock.take(options.out)) {
            options.check();
            return train(spark, options, lock, watching);
        }
    }

    private Outcome train(JavaSparkContext spark, Options options, FolderLock lock, TrainingListener... watching)
            throws IOException {
        PhaseTimes phases = new PhaseTimes();
        long start = System.nanoTime();
        if (options.gradients.equals("in-process") && !SparkCluster.isOneProcess(spark))
            throw new SpecException(
                    "--gradients in-process needs a local master, got " + spark.master() + "; leave it out");
        int[] starts = new ReductionTree(run.shards())
                .ranges(options.partitions > 0 ? options.partitions : SparkCluster.slots(spark));
        AggregationPlan route = AggregationPlan.of(options.gradients, spark, starts, run.shards(), layout.size());
        boolean inProcess = route.name().equals("in-process");
        List<ProcessCheck> checks =
                inProcess ? List.of(ProcessCheck.here(SELF_TESTS)) : ProcessCheck.everywhere(spark, SELF_TESTS);
        ProcessCheck.agree(checks, options.allowMixed);
        String fingerprint = options.allowMixed ? null : checks.get(0).fingerprint;
        WorkerConfig job = new WorkerConfig(
                UUID.randomUUID().toString(), model, run.batch(), run.shards(), run.seed(), fingerprint);
        int threads = SparkCluster.driverThreads(spark);
        if (schema != null) fit(run, run.rows(spark, model, schema));
        try (ThreadTeam team = inProcess ? new ThreadTeam(threads) : ThreadTeam.sharing(threads, layout.size());
                GradientSource gradients = inProcess
                        ? new LocalGradients(job, rows.localShardRanges(spark, starts), team, phases)
                        : ClusterGradients.of(
                                route,
                                spark,
                                cached(ShardRangeRdd.of(rows.shardRanges(spark, starts))),
                                job,
                                starts,
                                team,
                                phases)) {
            if (schema != null) rows.close();
            phases.since("read", start);
            return train(spark, options, lock, gradients, fingerprint, team, phases, watching);
        }
    }

    private Checkpoints checkpoints(Options options, FolderLock lock, String fingerprint) {
        return options.out == null
                ? null
                : new Checkpoints(options.out + "/checkpoints", run.checkpoint(), identity(fingerprint), lock);
    }

    private MetricsFile metrics(Options options, long from, PhaseTimes phases, NoiseScale noise) throws IOException {
        return options.out == null
                ? null
                : new MetricsFile(options.out + "/metrics.jsonl", from, model.summary(), phases, noise);
    }

    /**
     * What must be equal for a checkpoint's bits to go on: the run without its end, the numbers and the checksum of its
     * rows, the machines.
     */
    private ObjectNode identity(String fingerprint) {
        ObjectNode identity = (ObjectNode) Specs.write(run);
        identity.remove(List.of("data", "epochs", "stop", "checkpoint"));
        if (fingerprint != null) identity.put("kernels", fingerprint);
        if (run.data() != null && run.data().seed() != null)
            identity.put("dataSeed", run.data().seed());
        if (run.data() != null)
            identity.set("validation", Specs.write(run.data().validation()));
        identity.put("rows", String.format(Locale.ROOT, "%016x", rows.checksum()));
        return identity.put("trainRows", rows.trainRows()).put("validationRows", rows.validationRows());
    }

    private static void tell(Options options, String line) {
        if (options.progress != null) options.progress.println(line);
    }

    private static JavaRDD<ShardRange> cached(JavaRDD<ShardRange> shardRanges) {
        shardRanges.count();
        return shardRanges;
    }

    private Outcome train(
            JavaSparkContext spark,
            Options options,
            FolderLock lock,
            GradientSource gradients,
            String fingerprint,
            ThreadTeam team,
            PhaseTimes phases,
            TrainingListener[] watching)
            throws IOException {
        TrainingState state = new TrainingState(layout, run.optimizer(), run.seed(), model.summary());
        if (start != null) System.arraycopy(start, 0, state.params, 0, start.length);
        StepTimeStats times = new StepTimeStats();
        List<TrainingListener> observers = new ArrayList<>(List.of(times));
        observers.addAll(List.of(watching));
        if (options.progress != null)
            observers.add(new ConsoleProgress(options.progress, options.terminal, run, batches, model.summary()));
        long begun = System.nanoTime(), first;
        try (Checkpoints checkpoints = checkpoints(options, lock, fingerprint)) {
            if (options.resume) checkpoints.restore(state, line -> tell(options, line));
            first = state.step;
            if (options.out != null) SavedModel.write(options.out + "/run.json", Specs.text(run));
            TrainingLoop trainer = new TrainingLoop(
                    run, model, batches, rows.validationRows() > 0, gradients, team, observers, checkpoints, phases);
            try (MetricsFile metrics = metrics(options, state.step, phases, trainer.noise())) {
                if (metrics != null) observers.add(metrics);
                trainer.train(state);
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9 - phases.seconds().getOrDefault("evaluate", 0.0);
        long evaluating = System.nanoTime();
        Metrics metrics = model.summary();
        Evaluation validation = rows.validationRows() > 0
                ? Evaluation.of(metrics, gradients.evaluate(state.params, Split.VALIDATION))
                : null;
        Evaluation test =
                rows.testRows() > 0 ? Evaluation.of(metrics, gradients.evaluate(state.params, Split.TEST)) : null;
        phases.since("evaluate", evaluating);
        RunSummary summary = new RunSummary()
                .evaluation("train", Evaluation.of(metrics, state.epoch))
                .evaluation("val", validation)
                .evaluation("test", test)
                .badRows("train", rows.trainCounts())
                .badRows("test", rows.testCounts());
        ObjectNode text =
                summary.write(run, state, first, batches, gradients.name(), spark, team.size(), seconds, phases);
        times.write(text.putObject("stepSeconds"));
        text.putObject("read")
                .put("rows", rows.trainRows() + rows.validationRows() + rows.testRows())
                .put("bytes", rows.bytesRead())
                .put("seconds", phases.seconds().get("read"));
        SavedModel saved = new SavedModel(model, state.params, TrainedModelCard.of(model, run, rows, text));
        if (options.out != null) {
            lock.check();
            saved.save(options.out + "/model");
            SavedModel.write(options.out + "/summary.json", Specs.text(text));
        }
        return new Outcome(saved, text);
    }
}
