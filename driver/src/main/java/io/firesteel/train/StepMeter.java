package io.firesteel.train;

import io.firesteel.array.Layout;
import io.firesteel.data.Dataset;
import io.firesteel.data.Dealing;
import io.firesteel.data.Header;
import io.firesteel.data.Portion;
import io.firesteel.data.Validation;
import io.firesteel.model.Model;
import io.firesteel.spec.SpecException;
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
 * Takes real steps of a run on a number of workers and says what each took: gradients over the cluster, their sum, the
 * division and the update, at rate 0, so that every step does the same arithmetic. Nothing is trained. On a local
 * master a worker is a thread, on a cluster a task.
 */
public final class StepMeter implements AutoCloseable {
    private final Run run;
    private final int workers;
    private final Model model;
    private final Layout layout;
    private final Dataset dataset;
    private final JavaSparkContext spark;
    private final JavaRDD<Portion> portions;
    private final int[] starts;
    private final Route route;
    private final Team team;
    private final Phases phases = new Phases();
    private final Map<Integer, Gradients> byBatch = new HashMap<>();
    private final State state;
    private long step;

    /** What one step took: seconds in all, and in each phase of {@link Phases} that is no part of another. */
    public record Taken(double seconds, Map<String, Double> phases) {}

    /** Deals the run's training rows to {@code workers}, at most one a shard. */
    public StepMeter(JavaSparkContext spark, Run run, int workers) throws IOException {
        this.spark = spark;
        this.run = run;
        this.workers = Math.min(workers, run.shards());
        Header header = run.data().train().header();
        model = run.model(header);
        layout = model.layout();
        dataset = new Dataset(
                run.data().train(), null, Validation.NONE, Training.classes(model, header), run.shards(), run.seed());
        starts = new Tree(run.shards()).ranges(workers);
        route = Route.of("auto", spark, starts, run.shards(), layout.size());
        team = new Team(
                route.name().equals("in-process")
                        ? this.workers
                        : Runtime.getRuntime().availableProcessors());
        portions = Dealing.over(spark, dataset, starts);
        portions.count();
        state = new State(layout, run.optimizer(), run.seed());
    }

    public int workers() {
        return workers;
    }

    public String route() {
        return route.name();
    }

    /** What a step of {@code batch} rows does, counted. */
    public StepWork work(int batch) {
        return StepWork.of(route.name(), workers, team.size(), run.shards(), batch, layout.size());
    }

    /** One step of {@code batch} rows. */
    public Taken step(int batch) {
        Gradients gradients = byBatch.computeIfAbsent(batch, this::gradients);
        Batch rows = new Batches(dataset.trainRows(), batch, true).at(step++);
        Map<String, Double> before = Map.copyOf(phases.seconds());
        long start = System.nanoTime();
        GradientSum sum = gradients.sum(state.params, rows);
        long summed = System.nanoTime();
        state.step++;
        new Update(run, layout, team).apply(state, sum.gradient(), rows.rows(), 0);
        phases.since("update", summed);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> more = new LinkedHashMap<>();
        phases.seconds().forEach((phase, all) -> {
            if (!phase.equals("gc")) more.put(phase, all - before.getOrDefault(phase, 0.0));
        });
        return new Taken(seconds, more);
    }

    /** Seconds of a job that does nothing, on as many workers. */
    public double empty() {
        long start = System.nanoTime();
        if (route.name().equals("in-process")) team.run(member -> {});
        else spark.sc().runJob(portions.rdd(), new Nothing(), ClassTag$.MODULE$.apply(Object.class));
        return (System.nanoTime() - start) / 1e9;
    }

    private Gradients gradients(int batch) {
        if (batch > dataset.trainRows())
            throw new SpecException("batch " + batch + " is larger than the " + dataset.trainRows()
                    + " training rows; set a smaller batch");
        Job job = new Job(Long.toHexString(System.nanoTime()), model, batch, run.shards(), run.seed(), null);
        return route.name().equals("in-process")
                ? new InProcess(job, Dealing.inThisProcess(portions), team, phases)
                : new OnSpark(route, spark, portions, job, starts, team, phases);
    }

    private static final class Nothing extends Task<Portion, Object> {
        private static final long serialVersionUID = 1;

        @Override
        public Object apply(TaskContext context, Iterator<Portion> portions) {
            return null;
        }
    }

    @Override
    public void close() {
        portions.unpersist(false);
        team.close();
    }
}
