package io.firesteel.internal.kernel;

import java.nio.FloatBuffer;

/** Where a plan takes its memory, so that somebody counts it. */
public interface Scratch {
    /** Zeros on the heap. */
    float[] floats(int count);

    /** Zeros on the heap. */
    int[] ints(int count);

    /** Zeros outside the heap, in native order, from the start of a page on; freed when nobody holds the buffer. */
    FloatBuffer nativeFloats(int count);
}
