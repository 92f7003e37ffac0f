package io.firesteel.internal.gradient;

import io.firesteel.internal.measure.TaskTime;
import io.firesteel.loss.Score;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of a node of the tree, the shards [head, end), on its way to where it is merged: the whole gradient or a
 * slice of it. A plain class, since Kryo 4 cannot write records.
 */
final class PartialSum implements Serializable {
    private static final long serialVersionUID = 1;

    final int head;
    final int end;
    final FloatSlice gradient; // null in a score
    /** What the tasks behind it took; with one piece of each task only. */
    final ArrayList<TaskTime> times = new ArrayList<>(1);

    private final double lossSum;
    private final long hits;
    private final long rows;
    private final double[] squares;

    PartialSum(int head, int end, FloatSlice gradient, SumStats tally) {
        this.head = head;
        this.end = end;
        this.gradient = gradient;
        this.lossSum = tally.score().lossSum();
        this.hits = tally.score().hits();
        this.rows = tally.score().rows();
        this.squares = tally.squares();
    }

    PartialSum(int head, int end, FloatSlice gradient, SumStats tally, List<TaskTime> times) {
        this(head, end, gradient, tally);
        this.times.addAll(times);
    }

    SumStats tally() {
        return new SumStats(new Score(lossSum, hits, rows), squares);
    }
}
