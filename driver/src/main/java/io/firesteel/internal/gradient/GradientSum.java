package io.firesteel.internal.gradient;

import io.firesteel.loss.Score;

/**
 * What shards send: sums over rows, never means.
 *
 * @param gradient flat, as long as the parameters; the sender's, valid until its next sum
 * @param score loss, hits and rows
 * @param norms squared norm of every slice of the gradient
 * @param squares for every slice of the parameters the sum over shards of |g|^2 / b, g being a shard's sum over its b
 *     rows; empty with one shard or where the step is not measured
 */
public record GradientSum(float[] gradient, Score score, double[] norms, double[] squares) {}
