package io.firesteel.metric;

import io.firesteel.loss.TargetKind;
import java.io.Serializable;

/** A number that says how good predictions are, made of sums over rows. A new metric is one file and one word here. */
public sealed interface Metric extends Serializable permits Accuracy, ErrorRate, TopK, Auc {
    /** The name in files: {@code accuracy}. */
    String name();

    /** Throws {@link IllegalArgumentException} where it does not fit what the model predicts. */
    void check(TargetKind target, int outputs);

    /** Numbers that it sums for {@code outputs} outputs. */
    int slots(int outputs);

    /**
     * Adds the rows of one pass.
     *
     * @param y outputs of the last layer [rows, outputs], before softmax
     * @param t targets [rows, width]; class labels where the width is 1 and there are more outputs
     * @param weights [rows]
     * @param slots added to, from {@code at} on
     */
    void add(int rows, int outputs, float[] y, float[] t, float[] weights, double[] slots, int at);

    /** The metric over all rows summed in {@code sums}; NaN where they do not tell. */
    double value(int outputs, Sums sums, int at);
}
