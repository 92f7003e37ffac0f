package io.firesteel.internal.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;

/** What Spark runs on: one process or many, and how many tasks at once. */
public final class SparkCluster {
    private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)(,.*)?]");

    private SparkCluster() {}

    /** Whether tasks run in this JVM; {@code local-cluster} masters start processes, so they do not. */
    public static boolean isOneProcess(JavaSparkContext spark) {
        return spark.isLocal() && !spark.master().startsWith("local-cluster");
    }

    /** The number of tasks that can run at once. */
    public static int slots(JavaSparkContext spark) {
        return Math.max(1, spark.defaultParallelism() / spark.getConf().getInt("spark.task.cpus", 1));
    }

    /** The number of processes that run tasks now, at least one. */
    public static int executors(JavaSparkContext spark) {
        return Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1); // the driver is one of them
    }

    /** The number of threads that the driver may use: the N of local[N], else every core. */
    public static int driverThreads(JavaSparkContext spark) {
        if (spark.master().equals("local")) return 1;
        Matcher local = LOCAL.matcher(spark.master());
        return local.matches()
                ? Integer.parseInt(local.group(1))
                : Runtime.getRuntime().availableProcessors();
    }
}
