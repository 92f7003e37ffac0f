package io.firesteel.optim;

import io.firesteel.array.ParamSlice.Role;
import java.util.Optional;

/**
 * One update of the parameters from their mean gradient. A new optimizer is one file and one word in {@code permits}.
 */
public sealed interface Optimizer permits Sgd, Adagrad, RmsProp, Adam, AdamW, NAdam, Lion, Lars, Lamb {

    /** Vectors of state that it needs, each as long as the parameters; they start as zeros. */
    int slots();

    /** Whether {@link #step} must get whole slices of the layout, because it takes their norms. */
    default boolean wholeSlices() {
        return false;
    }

    /** The optimizer for slices of this role; it keeps its state in the same slots. */
    default Optimizer on(Role role) {
        return this;
    }

    /**
     * Updates w[from, to).
     *
     * @param w parameters, updated in place
     * @param g mean gradient of the loss, only read
     * @param slots {@link #slots()} vectors as long as w, updated in place
     * @param rate learning rate of this step
     * @param decay weight decay (lambda) for this range; 0 for biases
     * @param step number of this update, counted from 1
     */
    void step(float[] w, float[] g, float[][] slots, int from, int to, float rate, float decay, long step);

    /** The same optimizer with this momentum; empty where it has none. */
    default Optional<Optimizer> withMomentum(double momentum) {
        return Optional.empty();
    }

    /** Throws unless {@code value}, the weight of the old value in a running average, is in [0, 1). */
    static void requireFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) throw new IllegalArgumentException(name + " is in [0, 1), got " + value);
    }
}
