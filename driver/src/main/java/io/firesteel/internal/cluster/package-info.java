/**
 * What Spark runs on: processes, slots, and whether they all compute the same bits.
 *
 * <p>The one decision: processes whose kernels differ are refused and not averaged over, unless the user allows it.
 */
package io.firesteel.internal.cluster;
