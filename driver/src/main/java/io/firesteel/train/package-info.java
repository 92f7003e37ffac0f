/**
 * The training loop and where its gradients come from. Uses {@code data} and {@code worker-kernels}.
 *
 * <p>The one decision: a shard's sum is a function of the run, and sums meet along one fixed tree, so the cluster never
 * shows in the result. Spark's treeAggregate was rejected: it merges in the order of arrival.
 */
package io.firesteel.train;
