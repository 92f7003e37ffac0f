package io.firesteel.internal.spark;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks Spark can run at once: not those of executors that are being decommissioned. */
public final class TaskSlots {
    private TaskSlots() {}

    /** Counts busy and free ones; 0 while no executor has registered. */
    public static int now(JavaSparkContext spark) {
        SparkContext context = spark.sc();
        return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    }
}
