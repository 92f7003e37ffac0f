/**
 * Which rows belong to which logical shard, and how they get there: read from files by each task, or moved in one
 * shuffle from a table.
 *
 * <p>The one decision: a shard's rows are a pure function of source, seed and shard, so lost rows are recomputed and
 * are the same. A shuffle in the order of arrival was rejected, since that order depends on the cluster; the one for
 * tables is sorted by row number.
 */
package io.firesteel.internal.shard;
