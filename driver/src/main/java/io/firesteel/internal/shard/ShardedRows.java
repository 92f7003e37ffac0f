package io.firesteel.internal.shard;

import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The rows of a run, counted and assigned to its shards. */
public interface ShardedRows extends AutoCloseable {
    /** The schema of every row. */
    RowSchema schema();

    long trainRows();

    long validationRows();

    long testRows();

    /** A checksum of the training rows in their order. */
    long checksum();

    /** Row counts of the scan of the training rows. */
    RowCounts trainCounts();

    /** Row counts of the scan of the test rows; null if there are none. */
    RowCounts testCounts();

    /** The bytes of files that were read, as Hadoop counts them; 0 for tables, whose files Spark reads. */
    default long bytesRead() {
        return 0;
    }

    /**
     * Partition i holds the shards [starts[i], starts[i + 1]). Reads nothing yet; the same rows whenever it is
     * computed.
     */
    JavaRDD<ShardRange> shardRanges(JavaSparkContext spark, int[] starts);

    /** Releases what only {@link #shardRanges} needs; that works on, and reads the source again. */
    @Override
    default void close() {}

    /** The same shard ranges by reference, if Spark runs in this JVM. */
    default List<ShardRange> localShardRanges(JavaSparkContext spark, int[] starts) {
        return LocalCollect.local(ShardRangeRdd.of(this.shardRanges(spark, starts)));
    }
}
