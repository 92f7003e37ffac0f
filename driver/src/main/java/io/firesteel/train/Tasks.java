package io.firesteel.train;

import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;

/** The tasks that work on one partition's portion of the rows. */
abstract class Tasks<R> extends Task<Portion, R> {
    private static final long serialVersionUID = 1;
    private static final ThreadLocal<Kept> KEPT = new ThreadLocal<>();

    final Job job;
    private final Broadcast<Flat> params;

    private Tasks(Job job, Broadcast<Flat> params) {
        this.job = job;
        this.params = params;
    }

    /**
     * What a task's thread keeps between steps: as many threads as Spark gives cores to a task,
     * {@code spark.task.cpus}. Vectors may be used again by the thread's next task, since Spark serializes a result on
     * the thread that made it.
     */
    private record Kept(String job, TeamSum.Threads threads) {
        static Kept of(Job job, int cores) {
            return new Kept(job.id(), new TeamSum.Threads(new Team(cores), () -> new Worker(job)));
        }
    }

    @Override
    public final R apply(TaskContext context, Iterator<Portion> portions) {
        Kept kept = KEPT.get();
        if (kept == null || !kept.job.equals(job.id())) {
            if (kept != null) kept.threads.team.close();
            KEPT.set(kept = Kept.of(job, context.cpus()));
        }
        double begun = TaskTime.clock();
        float[] values = params.value().values();
        return apply(portions.next(), values, kept.threads, begun);
    }

    /** {@code begun}: when the task did, by {@link TaskTime#clock}; since then it has fetched the parameters. */
    abstract R apply(Portion portion, float[] params, TeamSum.Threads threads, double begun);

    Partial[] partials(Portion portion, TeamSum.Threads threads, boolean gradients, Consumer<TeamSum> sum) {
        Tree tree = new Tree(job.shards());
        int from = portion.from, to = portion.to;
        TeamSum shards = new TeamSum(tree, from, to, threads);
        sum.accept(shards);
        return tree.heads(from, to).stream()
                .map(head -> new Partial(
                        head,
                        tree.end(head, from, to),
                        gradients ? new Flat(shards.gradient(head)) : null,
                        shards.tally(head)))
                .toArray(Partial[]::new);
    }

    /** The gradient sums of the portion's subtrees. */
    static final class Sums extends Tasks<Partial[]> {
        private static final long serialVersionUID = 1;

        private final Batch batch;

        Sums(Job job, Broadcast<Flat> params, Batch batch) {
            super(job, params);
            this.batch = batch;
        }

        @Override
        Partial[] apply(Portion portion, float[] params, TeamSum.Threads threads, double begun) {
            double garbage = Garbage.seconds(), fetched = TaskTime.clock() - begun;
            long start = System.nanoTime();
            Partial[] partials = partials(portion, threads, true, shards -> {
                shards.gradients(portion, params, batch);
                shards.merge(params.length);
            });
            double computed = (System.nanoTime() - start) / 1e9;
            partials[0].times.add(new TaskTime(
                    place(),
                    portion.from,
                    portion.to,
                    begun,
                    fetched,
                    computed,
                    Flat.writingSeconds(),
                    Garbage.seconds() - garbage));
            return partials;
        }

        private static String place() {
            var id = SparkEnv.get().blockManager().blockManagerId();
            return id.host() + " executor " + id.executorId();
        }
    }

    /** The scores of the portion's subtrees. */
    static final class Scores extends Tasks<Partial[]> {
        private static final long serialVersionUID = 1;

        private final Split split;

        Scores(Job job, Broadcast<Flat> params, Split split) {
            super(job, params);
            this.split = split;
        }

        @Override
        Partial[] apply(Portion portion, float[] params, TeamSum.Threads threads, double begun) {
            return partials(portion, threads, false, shards -> shards.scores(portion, params, split));
        }
    }

    /** The first of the portion's shards that is not finite, or null. */
    static final class Faults extends Tasks<Gradients.Fault> {
        private static final long serialVersionUID = 1;

        private final Batch batch;

        Faults(Job job, Broadcast<Flat> params, Batch batch) {
            super(job, params);
            this.batch = batch;
        }

        @Override
        Gradients.Fault apply(Portion portion, float[] params, TeamSum.Threads threads, double begun) {
            return threads.worker().fault(portion, params, batch);
        }
    }
}
