/**
 * Losses, and what kinds of targets they take.
 *
 * <p>The one decision: a loss is a sum over rows, never a mean, so that parts of a batch add up to the whole.
 */
package io.firesteel.loss;
