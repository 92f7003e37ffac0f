/**
 * Spark ML's estimators and models.
 *
 * <p>The one decision: an estimator turns its Params into a {@link io.firesteel.train.Run} and a DataFrame into
 * {@link io.firesteel.internal.shard.PackedDataset}, and trains as a run file does; there is no second training loop.
 */
package io.firesteel.ml;
