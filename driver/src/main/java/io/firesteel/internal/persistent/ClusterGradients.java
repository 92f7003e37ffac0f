package io.firesteel.internal.persistent;

import io.firesteel.internal.cluster.SparkCluster;
import io.firesteel.internal.gradient.AggregationPlan;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.SparkGradients;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.shard.ShardRange;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The source of gradients that a plan names, on Spark's tasks. */
public final class ClusterGradients {
    private ClusterGradients() {}

    /** Partition i of {@code shardRanges} holds the shards [starts[i], starts[i + 1]). */
    public static GradientSource of(
            AggregationPlan plan,
            JavaSparkContext spark,
            JavaRDD<ShardRange> shardRanges,
            WorkerConfig job,
            int[] starts,
            ThreadTeam team,
            PhaseTimes phases) {
        GradientSource jobs = new SparkGradients(plan, spark, shardRanges, job, starts, team, phases);
        if (!plan.name().equals(AggregationPlan.PERSISTENT) || !PersistentGradients.isPossible(spark)) return jobs;
        boolean oneProcess = SparkCluster.isOneProcess(spark);
        return new PersistentGradients(spark, shardRanges, job, jobs, oneProcess, team, phases);
    }
}
