package io.firesteel.internal.gradient;

import io.firesteel.internal.measure.TaskTime;
import io.firesteel.metric.Sums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum over the shards [from, to), a node of the reduction tree: sums over rows, never means. It holds the gradient
 * or a slice of it, and what is summed beside it along the same tree. A plain class, since Kryo 4 cannot write records.
 */
public final class GradientSum implements Serializable {
    private static final long serialVersionUID = 1;

    /** The squares of a sum that is not measured. */
    public static final double[] NOT_MEASURED = {};

    public final int from;
    int to;
    final FloatSlice gradient; // owned by the source and overwritten by its next sum; null in an evaluation
    final Sums sums;
    double[] squares; // null in a leaf that is not measured yet
    double[] norms; // of the total alone
    /** Times of the tasks that made it; where a sum is cut into slices, with the first one only. */
    public final ArrayList<TaskTime> times = new ArrayList<>(1);

    public GradientSum(int from, int to, FloatSlice gradient, Sums sums, double[] squares) {
        this.from = from;
        this.to = to;
        this.gradient = gradient;
        this.sums = sums;
        this.squares = squares;
    }

    /** The same node with a slice of its gradient; {@code times} are those of one slice alone. */
    GradientSum slice(FloatSlice slice, List<TaskTime> times) {
        GradientSum piece = new GradientSum(from, to, slice, sums, squares);
        piece.times.addAll(times);
        return piece;
    }

    /** Adds what the right sibling has beside its gradient. */
    public void take(GradientSum right) {
        to = right.to;
        sums.add(right.sums);
        for (int i = 0; i < squares.length; i++) squares[i] += right.squares[i];
        times.addAll(right.times);
    }

    /** One past its last shard. */
    public int to() {
        return to;
    }

    /** Whether it has a gradient; sums of an evaluation have none. */
    public boolean hasGradient() {
        return gradient != null;
    }

    /** The flat gradient, as long as the parameters; owned by the source and overwritten by its next sum. */
    public float[] gradient() {
        return gradient.values();
    }

    /** Loss, rows and metrics. */
    public Sums sums() {
        return sums;
    }

    /** Squared norm of every slice of the gradient. */
    public double[] norms() {
        return norms;
    }

    /**
     * For every slice of the parameters the sum over shards of |g|^2 / b, g being a shard's sum over its b rows; empty
     * with one shard or where the step is not measured.
     */
    public double[] squares() {
        return squares;
    }
}
