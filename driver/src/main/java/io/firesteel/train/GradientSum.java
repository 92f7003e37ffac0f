package io.firesteel.train;

import io.firesteel.loss.Score;

/**
 * What shards send: sums over rows, never means.
 *
 * @param gradient flat, as long as the parameters; the sender's, valid until its next sum
 * @param score loss, hits and rows
 */
public record GradientSum(float[] gradient, Score score) {}
