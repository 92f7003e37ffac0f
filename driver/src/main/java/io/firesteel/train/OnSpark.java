package io.firesteel.train;

import io.firesteel.array.Floats;
import io.firesteel.data.Portion;
import io.firesteel.data.Portion.Split;
import io.firesteel.loss.Score;
import io.firesteel.train.Tree.Merge;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Gradients from Spark tasks: a broadcast of the parameters and one job a step. Each task merges its own subtrees,
 * rounds of reducers go on, and the driver stores what arrives by its place and finishes the tree when the job is done,
 * so that the order of arrival does not matter.
 */
final class OnSpark implements Gradients {
    private static final ClassTag<Flat> FLAT = ClassTag$.MODULE$.apply(Flat.class);

    private final String name;
    private final JavaSparkContext spark;
    private final JavaRDD<Portion> portions;
    private final Job job;
    private final List<Round> rounds; // none: the tasks' sums go to the driver
    private final List<Merge> across; // what is left when the tasks are done
    private final List<Merge> rest; // what is left when the rounds are done
    private final Squares squares;
    private final Team team;
    private final Phases phases;
    private float[] total; // where slices are put together

    /** Partition i of {@code portions} holds the shards [starts[i], starts[i + 1]). */
    OnSpark(
            Route route,
            JavaSparkContext spark,
            JavaRDD<Portion> portions,
            Job job,
            int[] starts,
            Team team,
            Phases phases) {
        this.name = route.name();
        this.rounds = route.rounds();
        this.spark = spark;
        this.portions = portions;
        this.job = job;
        this.across = new Tree(job.shards()).across(starts);
        this.rest = rounds.isEmpty() ? across : new Tree(job.shards()).across(last().starts);
        this.squares = new Squares(job.model().layout());
        this.team = team;
        this.phases = phases;
    }

    private Round last() {
        return rounds.get(rounds.size() - 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GradientSum sum(float[] params, Batch batch) {
        long start = System.nanoTime();
        Broadcast<Flat> flat = spark.sc().broadcast(new Flat(params), FLAT);
        try {
            start = phases.since("broadcast", start);
            Partial[][] results = sums(new Tasks.Sums(job, flat, batch));
            List<TaskTime> times = new ArrayList<>();
            for (Partial[] partials : results) for (Partial partial : partials) times.addAll(partial.times);
            start = phases.job(times, start);
            GradientSum sum = merged(results, params.length);
            phases.since("merge", start);
            return sum;
        } finally {
            flat.destroy();
        }
    }

    /** The job of a step: the tasks, then every round; what the last ones have, by partition. */
    private Partial[][] sums(Tasks.Sums tasks) {
        if (rounds.isEmpty()) return run(Partial[].class, portions.rdd(), tasks);
        RDD<Tuple2<Integer, Partial>> pieces = shuffled(portions.rdd(), tasks, rounds.get(0));
        for (int i = 1; i < rounds.size(); i++)
            pieces = shuffled(pieces, new Reducer(rounds.get(i - 1), job.shards()), rounds.get(i));
        try {
            return run(Partial[].class, pieces, new Reducer(last(), job.shards()));
        } finally {
            pieces.cleanShuffleDependencies(false); // else they stay until the driver collects garbage
        }
    }

    private static <T> RDD<Tuple2<Integer, Partial>> shuffled(RDD<T> from, Task<T, Partial[]> task, Round round) {
        ClassTag<Tuple2<Integer, Partial>> pair = ClassTag$.MODULE$.apply(Tuple2.class);
        ClassTag<Integer> key = ClassTag$.MODULE$.apply(Integer.class);
        ClassTag<Partial> piece = ClassTag$.MODULE$.apply(Partial.class);
        return new ShuffledRDD<>(
                from.mapPartitions(new Task.Sending<>(task, round), false, pair), round, key, piece, piece);
    }

    /** Finishes the tree; reducers of slices have left nothing to add, only to put together. */
    private GradientSum merged(Partial[][] results, int size) {
        Tally tally = tally(results, rest);
        if (!rounds.isEmpty() && last().slices > 1) {
            if (total == null) total = new float[size];
            for (int k = 0; k < results.length; k++) {
                float[] slice = results[k][0].gradient.values();
                System.arraycopy(slice, 0, total, last().start(k, size), slice.length);
            }
            return new GradientSum(
                    total, tally.score(), squares.of(total, team, (member, from, to) -> {}), tally.squares());
        }
        float[][] sums = new float[job.shards()][];
        for (Partial[] partials : results)
            for (Partial partial : partials) sums[partial.head] = partial.gradient.values();
        double[] norms = squares.of(sums[0], team, (member, from, to) -> {
            for (Merge merge : rest) Floats.add(sums[merge.from()], sums[merge.into()], from, to);
        });
        return new GradientSum(sums[0], tally.score(), norms, tally.squares());
    }

    private Tally tally(Partial[][] results, List<Merge> merges) {
        Tally[] tallies = new Tally[job.shards()];
        for (Partial[] partials : results) for (Partial partial : partials) tallies[partial.head] = partial.tally();
        for (Merge merge : merges) tallies[merge.into()] = tallies[merge.into()].plus(tallies[merge.from()]);
        return tallies[0];
    }

    @Override
    public Fault fault(float[] params, Batch batch) {
        for (Fault fault : once(Fault.class, params, flat -> new Tasks.Faults(job, flat, batch)))
            if (fault != null) return fault;
        return null;
    }

    @Override
    public Score score(float[] params, Split split) {
        return tally(once(Partial[].class, params, flat -> new Tasks.Scores(job, flat, split)), across)
                .score();
    }

    private <R> R[] once(Class<R> type, float[] params, Function<Broadcast<Flat>, Tasks<R>> task) {
        Broadcast<Flat> flat = spark.sc().broadcast(new Flat(params), FLAT);
        try {
            return run(type, portions.rdd(), task.apply(flat));
        } finally {
            flat.destroy();
        }
    }

    /** One job; the results by partition. */
    private <T, R> R[] run(Class<R> type, RDD<T> rdd, Task<T, R> task) {
        @SuppressWarnings("unchecked")
        R[] results = (R[]) Array.newInstance(type, rdd.getNumPartitions());
        spark.sc().runJob(rdd, task, new Store<>(results), ClassTag$.MODULE$.apply(type));
        return results;
    }

    /** Runs on Spark's event loop, where nothing but storing is allowed. */
    private static final class Store<R> extends AbstractFunction2<Object, R, BoxedUnit> {
        private final R[] results;

        Store(R[] results) {
            this.results = results;
        }

        @Override
        public BoxedUnit apply(Object partition, R result) {
            results[(Integer) partition] = result;
            return BoxedUnit.UNIT;
        }
    }

    @Override
    public void close() {
        portions.unpersist(false);
    }
}
