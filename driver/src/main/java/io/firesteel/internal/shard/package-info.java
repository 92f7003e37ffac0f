/**
 * Which rows belong to which logical shard, and how they get there: packed by the tasks that read them, from files or
 * from a table, and moved in one shuffle.
 *
 * <p>The one decision: a shard's rows are a pure function of source, seed and shard, so lost rows are recomputed and
 * are the same. A shuffle in the order of arrival was rejected, since that order depends on the cluster; this one is
 * sorted by row number.
 */
package io.firesteel.internal.shard;
