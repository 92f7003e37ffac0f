package io.firesteel.internal.shard;

import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The rows of a run, counted, and ready to be dealt to its shards. */
public interface ShardedRows {
    /** What every row looks like. */
    RowSchema schema();

    long trainRows();

    long validationRows();

    long testRows();

    /** What reading the training rows has met. */
    RowCounts trainCounts();

    /** What reading the test rows has met; null when there are none. */
    RowCounts testCounts();

    /**
     * Partition i holds the shards [starts[i], starts[i + 1]). Reads nothing yet; the same rows whenever it is
     * computed.
     */
    JavaRDD<ShardRange> shardRanges(JavaSparkContext spark, int[] starts);

    /** The same portions by reference, where Spark runs in this JVM. */
    default List<ShardRange> localShardRanges(JavaSparkContext spark, int[] starts) {
        return LocalPartitions.local(ShardRangeRdd.of(this.shardRanges(spark, starts)));
    }
}
