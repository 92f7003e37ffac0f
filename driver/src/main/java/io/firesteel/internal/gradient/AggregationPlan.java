package io.firesteel.internal.gradient;

import io.firesteel.internal.cluster.SparkCluster;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How sums get from the tasks to the driver: the word for it, and the rounds of merging on executors.
 *
 * @param name {@code in-process}, {@code spark} or {@code spark-slices}
 */
public record AggregationPlan(String name, List<MergeLevel> levels) {
    public static final List<String> NAMES = List.of("auto", "in-process", "spark", "spark-slices");
    /** Spark's setting for the tasks whose sums the driver takes; above it, middle levels merge. */
    public static final String MOST = "spark.firesteel.driver.sums";
    /**
     * Spark's setting for the slices of spark-slices; where it is not set, as many as tasks can run at once, or more
     * for long vectors.
     */
    public static final String SLICES = "spark.firesteel.slices";

    /** Tasks whose sums the driver takes. */
    private static final int TAKEN = 16;
    /** Floats of a slice, at most: 256 MiB, since Spark holds a task's result several times. */
    private static final long SLICE = 1 << 26;
    /** Floats that the driver takes in a step: a GiB. */
    private static final long HELD = 1 << 28;

    /**
     * The route that was asked for.
     *
     * @param name one of {@link #NAMES}
     * @param starts the first shard of each task
     * @param floats length of the gradient
     */
    public static AggregationPlan of(String name, JavaSparkContext spark, int[] starts, int shards, long floats) {
        boolean local = SparkCluster.isOneProcess(spark);
        String chosen = name.equals("auto") ? auto(local, floats, starts.length) : name;
        return new AggregationPlan(
                chosen,
                switch (chosen) {
                    case "spark" -> MergeLevel.groups(starts, spark.getConf().getInt(MOST, TAKEN), shards);
                    case "spark-slices" ->
                        MergeLevel.slices(spark.getConf().getInt(SLICES, slices(spark, floats)), shards);
                    default -> List.of();
                });
    }

    private static int slices(JavaSparkContext spark, long floats) {
        return Math.max(SparkCluster.slots(spark), (int) ((floats + SLICE - 1) / SLICE));
    }

    /**
     * In-process where it can be. Slices where a second stage is needed anyway, or where the sums would fill the
     * driver. With fewer tasks the second stage costs more than it saves, even for large vectors, as far as one machine
     * can show: two executors beside an empty job, P = 1e6 and 16 tasks: spark 4.1, slices 8.1; P = 5e6 and 8: 17 and
     * 26; P = 1e5 and 64: 2.6 and 2.2. Measure again where the driver's link is the narrow place.
     */
    private static String auto(boolean local, long floats, int tasks) {
        if (local) return "in-process";
        return tasks > TAKEN || tasks * floats > HELD ? "spark-slices" : "spark";
    }
}
