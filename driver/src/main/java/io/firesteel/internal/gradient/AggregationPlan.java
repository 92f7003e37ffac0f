package io.firesteel.internal.gradient;

import io.firesteel.internal.cluster.SparkCluster;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How sums get from the tasks to the driver: the name of the way, and the levels of merging on executors, which
 * {@code spark-persistent} uses where a job per step must stand in for it.
 *
 * @param name one of {@link #NAMES} but {@code auto}
 */
public record AggregationPlan(String name, List<MergeLevel> levels) {
    /** Tasks that stay for many steps. */
    public static final String PERSISTENT = "spark-persistent";

    public static final List<String> NAMES = List.of("auto", "in-process", "spark", "spark-slices", PERSISTENT);
    /** Spark's setting for the number of tasks whose sums the driver merges itself; above it, executors merge first. */
    public static final String MOST = "spark.firesteel.driver.sums";
    /**
     * Spark's setting for the slices of spark-slices; where it is not set, as many as tasks can run at once, or more
     * for long vectors.
     */
    public static final String SLICES = "spark.firesteel.slices";

    /** Tasks whose sums the driver merges itself. */
    private static final int DRIVER_SUMS = 16;
    /** Floats of a slice, at most: 256 MiB, since Spark holds a task's result several times. */
    private static final long SLICE = 1 << 26;
    /** Floats that the driver receives per step, at most: 1 GiB. */
    private static final long DRIVER_FLOATS = 1 << 28;

    /**
     * The plan for the requested name.
     *
     * @param name one of {@link #NAMES}
     * @param starts the first shard of each task
     * @param floats length of the gradient
     */
    public static AggregationPlan of(String name, JavaSparkContext spark, int[] starts, int shards, long floats) {
        boolean local = SparkCluster.isOneProcess(spark);
        String chosen = name.equals("auto") ? auto(local, floats, SparkCluster.executors(spark), starts.length) : name;
        return new AggregationPlan(
                chosen,
                switch (chosen.equals(PERSISTENT) ? jobs(floats, starts.length) : chosen) {
                    case "spark" -> MergeLevel.groups(starts, spark.getConf().getInt(MOST, DRIVER_SUMS), shards);
                    case "spark-slices" ->
                        MergeLevel.slices(spark.getConf().getInt(SLICES, slices(spark, floats)), shards);
                    default -> List.of();
                });
    }

    /** The best plan whose steps do not keep the slots: several of them can be measured in turns. */
    public static AggregationPlan jobPerStep(JavaSparkContext spark, int[] starts, int shards, long floats) {
        String name = SparkCluster.isOneProcess(spark) ? "in-process" : jobs(floats, starts.length);
        return of(name, spark, starts, shards, floats);
    }

    private static int slices(JavaSparkContext spark, long floats) {
        return Math.max(SparkCluster.slots(spark), (int) ((floats + SLICE - 1) / SLICE));
    }

    /** In process on a local master; else tasks that stay, as long as their executors' sums do not fill the driver. */
    private static String auto(boolean local, long floats, int executors, int tasks) {
        if (local) return "in-process";
        return floats > SLICE || executors * floats > DRIVER_FLOATS ? jobs(floats, tasks) : PERSISTENT;
    }

    /**
     * The best way of a job per step. Slices where a second stage is needed anyway, or where the sums would fill the
     * driver. With fewer tasks the second stage costs more than it saves, even for large vectors, measured on one
     * machine with two executors, as multiples of an empty job: P = 1e6 and 16 tasks: spark 4.1, slices 8.1; P = 5e6
     * and 8: 17 and 26; P = 1e5 and 64: 2.6 and 2.2. Measure again where the driver's network is the bottleneck.
     */
    private static String jobs(long floats, int tasks) {
        return tasks > DRIVER_SUMS || tasks * floats > DRIVER_FLOATS ? "spark-slices" : "spark";
    }
}
