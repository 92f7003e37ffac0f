/**
 * Where the sum of a step's gradients comes from: threads of this JVM, one Spark job per step, or a reduce-scatter.
 *
 * <p>The one decision: a shard's sum is a function of the run, and sums meet along one fixed tree, so the cluster never
 * shows in the result. Spark's treeAggregate was rejected: it merges in the order of arrival.
 */
package io.firesteel.internal.gradient;
