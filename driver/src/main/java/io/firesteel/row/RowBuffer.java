package io.firesteel.row;

import java.util.Arrays;

/** One row on its way into a block or a model; overwritten by the next. */
public final class RowBuffer {
    /** Features as unsigned bytes; null for others. */
    public byte[] pixels;
    /**
     * Features as floats [width], or, where they are sparse, the first {@link #count} numbers that are not zero; null
     * for bytes.
     */
    public float[] values;
    /** Where sparse numbers stand, rising; null for others. */
    public int[] indices;

    public int count;
    /** The label or the values to learn. */
    public final float[] targets;

    public float weight = 1;
    /** Whether the row is held out to judge the model while it trains. */
    public boolean validation;

    /** A number that differs where the rows do, wherever they lie. */
    public int checksum() {
        int sum = Arrays.hashCode(targets) ^ Float.hashCode(weight) ^ Boolean.hashCode(validation);
        if (pixels != null) return 31 * sum + Arrays.hashCode(pixels);
        if (indices == null) return 31 * sum + Arrays.hashCode(values);
        for (int i = 0; i < count; i++) sum = 31 * (31 * sum + indices[i]) + Float.hashCode(values[i]);
        return sum;
    }

    /** A row that looks like {@code schema}. */
    public RowBuffer(RowSchema schema) {
        this(schema.targets(), schema.features(), schema.shape().size());
    }

    /** A row of so many targets and {@code width} features. */
    public RowBuffer(int targets, FeatureKind features, int width) {
        this.targets = new float[targets];
        switch (features) {
            case BYTES -> pixels = new byte[width];
            case FLOATS -> values = new float[width];
            case SPARSE -> {
                indices = new int[16];
                values = new float[16];
            }
        }
    }
}
