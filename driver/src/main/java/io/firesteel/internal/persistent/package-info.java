/**
 * Tasks that live for many steps: they keep their slots for a shift of some seconds, and the driver and each executor
 * exchange one message per step in place of a Spark job.
 *
 * <p>The one decision: only the driver knows whether a step is complete, namely when the sums that it has cover every
 * shard. Sums are nodes of the fixed tree, so that one that comes twice, or merged with others, changes nothing; a task
 * that comes late or again needs no more than the step in progress. A barrier stage was rejected: it must get all slots
 * at once, allows no dynamic allocation, and one failure restarts every task.
 */
package io.firesteel.internal.persistent;
