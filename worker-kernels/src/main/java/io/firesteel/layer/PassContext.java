package io.firesteel.layer;

import io.firesteel.internal.kernel.SparseRows;

/**
 * What one forward and backward works on: the first {@code rows} rows, with these parameters, adding to these
 * gradients.
 */
public final class PassContext {
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
