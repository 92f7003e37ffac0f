package io.firesteel.internal.gradient;

import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.metric.Sums;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Gradients from Spark tasks: a broadcast of the parameters and one job per step. Each task merges its own subtrees,
 * reducers merge further levels if there are many tasks, and the driver finishes the tree when the job is done, so that
 * the order in which results arrive does not matter.
 */
public final class SparkGradients implements GradientSource {
    private static final Logger LOG = System.getLogger("io.firesteel");
    private static final ClassTag<FloatSlice> FLOATS = ClassTag$.MODULE$.apply(FloatSlice.class);

    private final String name;
    private final JavaSparkContext spark;
    private final JavaRDD<ShardRange> shardRanges;
    private final WorkerConfig job;
    private final List<MergeLevel> levels; // none: the tasks' sums go to the driver
    private final DriverMerge afterTasks;
    private final DriverMerge afterLevels;
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
        this.levels = route.levels();
        this.spark = spark;
        this.shardRanges = shardRanges;
        this.job = job;
        this.afterTasks = merge(starts, team);
        this.afterLevels = levels.isEmpty() ? afterTasks : merge(last().starts, team);
        this.phases = phases;
    }

    private DriverMerge merge(int[] starts, ThreadTeam team) {
        ReductionTree tree = new ReductionTree(job.shards());
        return new DriverMerge(job.shards(), tree.across(starts), job.model().layout(), team);
    }

    private MergeLevel last() {
        return levels.get(levels.size() - 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GradientSum sum(float[] params, Batch batch) {
        long start = System.nanoTime();
        Broadcast<FloatSlice> broadcast = spark.sc().broadcast(new FloatSlice(params), FLOATS);
        try {
            start = phases.since("broadcast", start);
            GradientSum[][] results = sums(new GradientTask.ShardGradients(job, broadcast, batch));
            List<TaskTime> times = new ArrayList<>();
            for (GradientSum[] heads : results) for (GradientSum head : heads) times.addAll(head.times);
            start = phases.job(times, start);
            GradientSum sum = merged(results, params.length);
            phases.since("merge", start);
            return sum;
        } finally {
            broadcast.destroy();
        }
    }

    /** The job of a step: the tasks, then every level; the results of the last, by partition. */
    private GradientSum[][] sums(GradientTask.ShardGradients tasks) {
        if (levels.isEmpty()) return run(GradientSum[].class, shardRanges.rdd(), tasks);
        RDD<Tuple2<Integer, GradientSum>> pieces = shuffled(shardRanges.rdd(), tasks, levels.get(0));
        for (int i = 1; i < levels.size(); i++)
            pieces = shuffled(pieces, new MergeTask(levels.get(i - 1), job.shards()), levels.get(i));
        try {
            return run(GradientSum[].class, pieces, new MergeTask(last(), job.shards()));
        } finally {
            pieces.cleanShuffleDependencies(false); // else they stay until the driver collects garbage
        }
    }

    private static <T> RDD<Tuple2<Integer, GradientSum>> shuffled(
            RDD<T> from, PartitionTask<T, GradientSum[]> task, MergeLevel level) {
        ClassTag<Tuple2<Integer, GradientSum>> pair = ClassTag$.MODULE$.apply(Tuple2.class);
        ClassTag<Integer> key = ClassTag$.MODULE$.apply(Integer.class);
        ClassTag<GradientSum> piece = ClassTag$.MODULE$.apply(GradientSum.class);
        return new ShuffledRDD<>(
                from.mapPartitions(new PartitionTask.Sending<>(task, level), false, pair), level, key, piece, piece);
    }

    /** Finishes the tree; reducers of slices have left nothing to add, only to put together. */
    private GradientSum merged(GradientSum[][] results, int size) {
        if (levels.isEmpty() || last().slices == 1) return afterLevels.total(flat(results));
        return afterLevels.measured(joined(results, size), new SlicedAdds());
    }

    private static List<GradientSum> flat(GradientSum[][] results) {
        return Arrays.stream(results).flatMap(Arrays::stream).toList();
    }

    private GradientSum joined(GradientSum[][] slices, int size) {
        if (total == null) total = new float[size];
        for (int k = 0; k < slices.length; k++) {
            float[] slice = slices[k][0].gradient();
            System.arraycopy(slice, 0, total, last().start(k, size), slice.length);
        }
        return slices[0][0].slice(new FloatSlice(total), List.of());
    }

    @Override
    public NonFinite nonFinite(float[] params, Batch batch) {
        for (NonFinite nonFinite :
                once(NonFinite.class, params, broadcast -> new GradientTask.NonFiniteSearch(job, broadcast, batch)))
            if (nonFinite != null) return nonFinite;
        return null;
    }

    @Override
    public Sums evaluate(float[] params, Split split) {
        GradientSum[][] heads = once(
                GradientSum[].class, params, broadcast -> new GradientTask.ShardEvaluations(job, broadcast, split));
        return afterTasks.evaluation(flat(heads)).sums();
    }

    private <R> R[] once(Class<R> type, float[] params, Function<Broadcast<FloatSlice>, GradientTask<R>> task) {
        Broadcast<FloatSlice> broadcast = spark.sc().broadcast(new FloatSlice(params), FLOATS);
        try {
            return run(type, shardRanges.rdd(), task.apply(broadcast));
        } finally {
            broadcast.destroy();
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
        try {
            KeptThreads.freeEverywhere(spark, job.id());
        } catch (RuntimeException e) { // Spark is ending, and the executors with it
            LOG.log(Level.DEBUG, "executors keep what tasks used until they end", e);
        }
        shardRanges.unpersist(false);
    }
}
