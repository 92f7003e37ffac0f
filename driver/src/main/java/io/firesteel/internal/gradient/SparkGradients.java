package io.firesteel.internal.gradient;

import io.firesteel.array.Floats;
import io.firesteel.internal.gradient.ReductionTree.Merge;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.loss.Score;
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
public final class SparkGradients implements GradientSource {
    private static final ClassTag<FloatSlice> FLAT = ClassTag$.MODULE$.apply(FloatSlice.class);

    private final String name;
    private final JavaSparkContext spark;
    private final JavaRDD<ShardRange> shardRanges;
    private final WorkerConfig job;
    private final List<MergeLevel> rounds; // none: the tasks' sums go to the driver
    private final List<Merge> across; // what is left when the tasks are done
    private final List<Merge> rest; // what is left when the rounds are done
    private final SliceNorms squares;
    private final ThreadTeam team;
    private final PhaseTimes phases;
    private float[] total; // where slices are put together

    /** Partition i of {@code shardRanges} holds the shards [starts[i], starts[i + 1]). */
    public SparkGradients(
            AggregationPlan route,
            JavaSparkContext spark,
            JavaRDD<ShardRange> shardRanges,
            WorkerConfig job,
            int[] starts,
            ThreadTeam team,
            PhaseTimes phases) {
        this.name = route.name();
        this.rounds = route.rounds();
        this.spark = spark;
        this.shardRanges = shardRanges;
        this.job = job;
        this.across = new ReductionTree(job.shards()).across(starts);
        this.rest = rounds.isEmpty() ? across : new ReductionTree(job.shards()).across(last().starts);
        this.squares = new SliceNorms(job.model().layout());
        this.team = team;
        this.phases = phases;
    }

    private MergeLevel last() {
        return rounds.get(rounds.size() - 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GradientSum sum(float[] params, Batch batch) {
        long start = System.nanoTime();
        Broadcast<FloatSlice> flat = spark.sc().broadcast(new FloatSlice(params), FLAT);
        try {
            start = phases.since("broadcast", start);
            PartialSum[][] results = sums(new GradientTask.Sums(job, flat, batch));
            List<TaskTime> times = new ArrayList<>();
            for (PartialSum[] partials : results) for (PartialSum partial : partials) times.addAll(partial.times);
            start = phases.job(times, start);
            GradientSum sum = merged(results, params.length);
            phases.since("merge", start);
            return sum;
        } finally {
            flat.destroy();
        }
    }

    /** The job of a step: the tasks, then every round; what the last ones have, by partition. */
    private PartialSum[][] sums(GradientTask.Sums tasks) {
        if (rounds.isEmpty()) return run(PartialSum[].class, shardRanges.rdd(), tasks);
        RDD<Tuple2<Integer, PartialSum>> pieces = shuffled(shardRanges.rdd(), tasks, rounds.get(0));
        for (int i = 1; i < rounds.size(); i++)
            pieces = shuffled(pieces, new MergeTask(rounds.get(i - 1), job.shards()), rounds.get(i));
        try {
            return run(PartialSum[].class, pieces, new MergeTask(last(), job.shards()));
        } finally {
            pieces.cleanShuffleDependencies(false); // else they stay until the driver collects garbage
        }
    }

    private static <T> RDD<Tuple2<Integer, PartialSum>> shuffled(
            RDD<T> from, PartitionTask<T, PartialSum[]> task, MergeLevel round) {
        ClassTag<Tuple2<Integer, PartialSum>> pair = ClassTag$.MODULE$.apply(Tuple2.class);
        ClassTag<Integer> key = ClassTag$.MODULE$.apply(Integer.class);
        ClassTag<PartialSum> piece = ClassTag$.MODULE$.apply(PartialSum.class);
        return new ShuffledRDD<>(
                from.mapPartitions(new PartitionTask.Sending<>(task, round), false, pair), round, key, piece, piece);
    }

    /** Finishes the tree; reducers of slices have left nothing to add, only to put together. */
    private GradientSum merged(PartialSum[][] results, int size) {
        SumStats tally = tally(results, rest);
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
        for (PartialSum[] partials : results)
            for (PartialSum partial : partials) sums[partial.head] = partial.gradient.values();
        double[] norms = squares.of(sums[0], team, (member, from, to) -> {
            for (Merge merge : rest) Floats.add(sums[merge.from()], sums[merge.into()], from, to);
        });
        return new GradientSum(sums[0], tally.score(), norms, tally.squares());
    }

    private SumStats tally(PartialSum[][] results, List<Merge> merges) {
        SumStats[] tallies = new SumStats[job.shards()];
        for (PartialSum[] partials : results)
            for (PartialSum partial : partials) tallies[partial.head] = partial.tally();
        for (Merge merge : merges) tallies[merge.into()] = tallies[merge.into()].plus(tallies[merge.from()]);
        return tallies[0];
    }

    @Override
    public NonFinite nonFinite(float[] params, Batch batch) {
        for (NonFinite nonFinite : once(NonFinite.class, params, flat -> new GradientTask.Faults(job, flat, batch)))
            if (nonFinite != null) return nonFinite;
        return null;
    }

    @Override
    public Score score(float[] params, Split split) {
        return tally(once(PartialSum[].class, params, flat -> new GradientTask.Scores(job, flat, split)), across)
                .score();
    }

    private <R> R[] once(Class<R> type, float[] params, Function<Broadcast<FloatSlice>, GradientTask<R>> task) {
        Broadcast<FloatSlice> flat = spark.sc().broadcast(new FloatSlice(params), FLAT);
        try {
            return run(type, shardRanges.rdd(), task.apply(flat));
        } finally {
            flat.destroy();
        }
    }

    /** One job; the results by partition. */
    private <T, R> R[] run(Class<R> type, RDD<T> rdd, PartitionTask<T, R> task) {
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
        shardRanges.unpersist(false);
    }
}
