package io.firesteel.op;

import io.firesteel.internal.kernel.SparseRows;

/**
 * What one forward and backward works on: the first {@code rows} rows, with these parameters, adding to these
 * gradients.
 */
public final class PassContext {
    /** True where the model learns from this pass, false in evaluation and prediction. */
    public boolean training;
    /** Of the run. What is random in a pass is a function of seed, epoch and row alone. */
    public long seed;
    /** From 0. */
    public int epoch;
    /** Updates before this pass. */
    public long step;
    /** [rows]: the identity of each row among the training rows, the same wherever it is computed. */
    public long[] rowIds;

    /** Rows in this pass. */
    public int rows;
    /** The flat parameters; read. */
    public float[] params;
    /** The flat gradient sum; added to, or overwritten where {@link #fresh}. Null in a forward without backward. */
    public float[] grads;
    /** The input's rows where they are sparse; the first layer, which is Dense, then gets null as its x. */
    public SparseRows sparse;
    /**
     * True when {@link #grads} holds nothing of worth yet: every layer overwrites its slices, which saves two passes
     * over memory.
     */
    public boolean fresh;
}
