package io.firesteel.train;

import io.firesteel.loss.Score;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of a node of the tree, the shards [head, end), on its way to where it is merged: the whole gradient or a
 * slice of it. A plain class, since Kryo 4 cannot write records.
 */
final class Partial implements Serializable {
    private static final long serialVersionUID = 1;

    final int head;
    final int end;
    final Flat gradient; // null in a score
    /** What the tasks behind it took; with one piece of each task only. */
    final ArrayList<TaskTime> times = new ArrayList<>(1);

    private final double lossSum;
    private final long hits;
    private final long rows;
    private final double[] squares;

    Partial(int head, int end, Flat gradient, Tally tally) {
        this.head = head;
        this.end = end;
        this.gradient = gradient;
        this.lossSum = tally.score().lossSum();
        this.hits = tally.score().hits();
        this.rows = tally.score().rows();
        this.squares = tally.squares();
    }

    Partial(int head, int end, Flat gradient, Tally tally, List<TaskTime> times) {
        this(head, end, gradient, tally);
        this.times.addAll(times);
    }

    Tally tally() {
        return new Tally(new Score(lossSum, hits, rows), squares);
    }
}
