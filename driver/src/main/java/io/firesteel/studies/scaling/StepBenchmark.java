package io.firesteel.studies.scaling;

import io.firesteel.array.ParamLayout;
import io.firesteel.internal.gradient.AggregationPlan;
import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.gradient.LocalGradients;
import io.firesteel.internal.gradient.PartitionTask;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.gradient.SparkGradients;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.shard.LocalCollect;
import io.firesteel.internal.shard.PackedDataset;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.ShardRangeRdd;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.spec.SpecException;
import io.firesteel.train.ParameterUpdate;
import io.firesteel.train.Run;
import io.firesteel.train.TrainingState;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * Measures real steps of a run on a number of workers: gradients, their sum, the division and the update, at learning
 * rate 0, so that every step does the same arithmetic and nothing is trained. On a local master a worker is a thread,
 * on a cluster a task.
 */
public final class StepBenchmark implements AutoCloseable {
    private final Run run;
    private final int workers;
    private final ModelSpec model;
    private final ParamLayout layout;
    private final PackedDataset dataset;
    private final JavaSparkContext spark;
    private final JavaRDD<ShardRange> shardRanges;
    private final int[] starts;
    private final AggregationPlan route;
    private final ThreadTeam team;
    private final PhaseTimes phases = new PhaseTimes();
    private final Map<Integer, GradientSource> byBatch = new HashMap<>();
    private final TrainingState state;
    private long step;

    /** The seconds of one step: in all, and in each top-level phase of {@link PhaseTimes}. */
    public record Taken(double seconds, Map<String, Double> phases) {}

    /** Assigns the run's training rows to {@code workers}, at most one per shard. */
    public StepBenchmark(JavaSparkContext spark, Run run, int workers) throws IOException {
        this.spark = spark;
        this.run = run;
        this.workers = Math.min(workers, run.shards());
        RowSchema schema = run.data().train().schema();
        model = run.model(schema);
        layout = model.layout();
        dataset = PackedDataset.of(
                spark,
                run.data().train(),
                null,
                schema,
                schema.labelLimit(model.outputs()),
                new PackedDataset.Plan(ValidationSplit.NONE, run.shards(), run.seed(), RowStorage.MEMORY_AND_DISK));
        starts = new ReductionTree(run.shards()).ranges(workers);
        route = AggregationPlan.jobPerStep(spark, starts, run.shards(), layout.size());
        team = route.name().equals("in-process")
                ? new ThreadTeam(this.workers)
                : ThreadTeam.sharing(Runtime.getRuntime().availableProcessors(), layout.size());
        shardRanges = ShardRangeRdd.of(dataset.shardRanges(spark, starts));
        shardRanges.count();
        dataset.close();
        state = new TrainingState(layout, run.optimizer(), run.seed(), model.summary());
    }

    public int workers() {
        return workers;
    }

    public String route() {
        return route.name();
    }

    /** The operation counts of a step of {@code batch} rows. */
    public StepOperations work(int batch) {
        return StepOperations.of(route.name(), workers, team.size(), run.shards(), batch, layout.size());
    }

    /** Runs one step of {@code batch} rows. */
    public Taken step(int batch) {
        GradientSource gradients = byBatch.computeIfAbsent(batch, this::gradients);
        Batch rows = new BatchPlan(dataset.trainRows(), batch, true).at(step++);
        Map<String, Double> before = Map.copyOf(phases.seconds());
        long start = System.nanoTime();
        GradientSum sum = gradients.sum(state.params, rows);
        long summed = System.nanoTime();
        state.step++;
        new ParameterUpdate(run, layout, team).apply(state, sum.gradient(), sum.norms(), rows.rows(), 0);
        phases.since("update", summed);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> more = new LinkedHashMap<>();
        phases.seconds().forEach((phase, all) -> {
            if (!phase.equals("gc")) more.put(phase, all - before.getOrDefault(phase, 0.0));
        });
        return new Taken(seconds, more);
    }

    /** Seconds of an empty job on as many workers. */
    public double empty() {
        long start = System.nanoTime();
        if (route.name().equals("in-process")) team.run(member -> {});
        else spark.sc().runJob(shardRanges.rdd(), new Nothing(), ClassTag$.MODULE$.apply(Object.class));
        return (System.nanoTime() - start) / 1e9;
    }

    private GradientSource gradients(int batch) {
        if (batch > dataset.trainRows())
            throw new SpecException("batch " + batch + " is larger than the " + dataset.trainRows()
                    + " training rows; set a smaller batch");
        WorkerConfig job =
                new WorkerConfig(Long.toHexString(System.nanoTime()), model, batch, run.shards(), run.seed(), null);
        return route.name().equals("in-process")
                ? new LocalGradients(job, LocalCollect.local(shardRanges), team, phases)
                : new SparkGradients(route, spark, shardRanges, job, starts, team, phases);
    }

    private static final class Nothing extends PartitionTask<ShardRange, Object> {
        private static final long serialVersionUID = 1;

        @Override
        public Object apply(TaskContext context, Iterator<ShardRange> shardRanges) {
            return null;
        }
    }

    @Override
    public void close() {
        byBatch.values().forEach(GradientSource::close);
        shardRanges.unpersist(false);
        team.close();
    }
}
