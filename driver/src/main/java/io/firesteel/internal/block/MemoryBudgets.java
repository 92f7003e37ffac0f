package io.firesteel.internal.block;

import io.firesteel.internal.cluster.SparkCluster;
import io.firesteel.row.RowStorage;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Makes the memory budgets of an RDD's elements, each in the process that computes it.
 *
 * @param together how many elements one process holds
 */
public record MemoryBudgets(RowStorage level, int together) implements Serializable {
    public static MemoryBudgets of(JavaSparkContext spark, RowStorage level, int partitions) {
        int executors = SparkCluster.executors(spark);
        return new MemoryBudgets(level, (partitions + executors - 1) / executors);
    }

    public MemoryBudget budget() {
        return MemoryBudget.of(level, together);
    }
}
