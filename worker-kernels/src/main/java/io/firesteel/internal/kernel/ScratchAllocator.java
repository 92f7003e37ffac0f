package io.firesteel.internal.kernel;

import java.nio.FloatBuffer;

/** Allocates the memory of a plan, so that it can be counted. */
public interface ScratchAllocator {
    /** Zeros on the heap. */
    float[] floats(int count);

    /** Zeros on the heap. */
    int[] ints(int count);

    /** Zeros outside the heap, in native order, page-aligned; freed when the buffer is no longer referenced. */
    FloatBuffer nativeFloats(int count);
}
