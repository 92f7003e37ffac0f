/**
 * Batch-size scaling studies: how steps, examples and time to a goal change with the batch, the workers and the rule of
 * the learning rate.
 *
 * <p>The one decision: since a run's result does not depend on where it runs, a trial is one Spark task that trains on
 * one thread, and trials run in parallel. Trials that each use the whole cluster were rejected: at small batches they
 * would wait for the network.
 */
package io.firesteel.studies;
