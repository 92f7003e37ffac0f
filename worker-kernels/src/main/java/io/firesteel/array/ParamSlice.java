package io.firesteel.array;

/**
 * A named slice of the flat parameter vector.
 *
 * @param name layer path and letter, as in {@code 4-Conv2d/w}
 * @param offset index of the slice's first float
 * @param shape row-major sizes
 * @param init initial values
 * @param fanIn inputs per output, for {@link Init}
 * @param fanOut outputs per input, for {@link Init}
 */
public record ParamSlice(String name, int offset, Shape shape, Role role, Init init, int fanIn, int fanOut) {
    /** What a slice is for. */
    public enum Role {
        /** Optimized; weight decay acts on these alone. */
        WEIGHT,
        /** Optimized without decay. */
        BIAS,
        /**
         * Assigned and not optimized: in the place of a gradient every pass adds the next value times its rows, so that
         * the mean over the batch is the next value. Without decay, clipping, norm and noise.
         */
        STATISTIC
    }

    /** Overwrites its range of {@code vector} with initial values. */
    void fill(float[] vector, Random64 random) {
        init.fill(vector, offset, end(), fanIn, fanOut, random);
    }

    /** One past the last index of the slice. */
    public int end() {
        return offset + shape.size();
    }
}
