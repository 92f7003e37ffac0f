/**
 * What Spark runs on: processes, task slots, and whether all processes compute the same bits.
 *
 * <p>The one decision: processes whose kernels differ are refused and not averaged over, unless the user allows it.
 */
package io.firesteel.internal.cluster;
