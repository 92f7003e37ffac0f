/**
 * A run: its file, the training loop, the state and its checkpoints, and what it writes.
 *
 * <p>The one decision: the loop does not know where gradients come from, and the driver's threads or Spark's tasks do
 * not know the optimizer. One division, on the driver.
 */
package io.firesteel.train;
