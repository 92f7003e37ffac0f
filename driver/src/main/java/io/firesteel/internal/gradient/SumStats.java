package io.firesteel.internal.gradient;

import io.firesteel.loss.Score;

/**
 * What is summed beside the gradient along the same tree.
 *
 * @param squares for every slice of the parameters the sum over shards of |g|^2 / b, g being a shard's sum over its b
 *     rows; empty where nobody measures it
 */
record SumStats(Score score, double[] squares) {
    static final double[] NONE = {};

    SumStats plus(SumStats other) {
        double[] sums = squares.clone();
        for (int i = 0; i < sums.length; i++) sums[i] += other.squares[i];
        return new SumStats(score.plus(other.score), sums);
    }
}
