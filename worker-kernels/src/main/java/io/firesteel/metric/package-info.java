/**
 * Metrics: what evaluation sums over rows, and what the sums say.
 *
 * <p>The one decision: a metric is a few numbers that add up, so it is exact over shards, tasks and passes in any
 * number, and whatever carries sums (tree, wire, checkpoint, files) does not know its name. Metrics that need all
 * predictions at once were rejected; a ranking becomes a histogram.
 */
package io.firesteel.metric;
