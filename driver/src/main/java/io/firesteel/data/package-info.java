/**
 * Rows: where they come from, how they are dealt to shards, and the packed blocks they wait in. Uses
 * {@code worker-kernels}, Spark, Hadoop's file systems and Parquet.
 *
 * <p>The one decision: a shard's rows are a pure function of source, seed and shard, so a block that was lost is read
 * again and is the same. A shuffle was rejected, since its order depends on the cluster.
 */
package io.firesteel.data;
