package io.firesteel.optim;

import io.firesteel.array.ParamSlice.Role;

/**
 * One update of the parameters from their mean gradient. A new optimizer is one file and one word in {@code permits}.
 */
public sealed interface Optimizer permits Sgd, RmsProp, Adam, AdamW, Lars, Lamb {

    /** How many vectors of state it keeps; they start as zeros. */
    int slots();

    /** Whether each range must be one whole slice of the layout, because a norm over it is taken. */
    default boolean wholeSlices() {
        return false;
    }

    /** What updates the slices of this role; it keeps its state in the same slots. */
    default Optimizer on(Role role) {
        return this;
    }

    /**
     * Updates w[from, to).
     *
     * @param w parameters, overwritten
     * @param g mean gradient of the loss, read
     * @param slots {@link #slots()} vectors as long as w, overwritten
     * @param rate learning rate of this step
     * @param decay lambda of the weight decay for this range; 0 for biases
     * @param step number of this update, from 1
     */
    void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step);

    /** The share of the old average, checked. */
    static double share(String name, double value) {
        if (!(value >= 0 && value < 1)) throw new IllegalArgumentException(name + " is in [0, 1), got " + value);
        return value;
    }
}
