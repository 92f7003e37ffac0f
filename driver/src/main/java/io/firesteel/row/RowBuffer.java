package io.firesteel.row;

import java.util.Arrays;

/** The buffer of one row between a source and a block or a model; overwritten by the next row. */
public final class RowBuffer {
    /** Features as unsigned bytes; null for other kinds. */
    public byte[] pixels;
    /**
     * Features as floats [width]; for sparse rows, the first {@link #count} are the non-zero values; null for bytes.
     */
    public float[] values;
    /** Ascending indices of the sparse values; null for other kinds. */
    public int[] indices;

    public int count;
    /** The class label, or the target values. */
    public final float[] targets;

    public float weight = 1;
    /** Whether this is a validation row. */
    public boolean validation;

    /** A checksum of the row's contents, whichever way they are stored. */
    public int checksum() {
        int sum = Arrays.hashCode(targets) ^ Float.hashCode(weight) ^ Boolean.hashCode(validation);
        if (pixels != null) return 31 * sum + Arrays.hashCode(pixels);
        if (indices == null) return 31 * sum + Arrays.hashCode(values);
        for (int i = 0; i < count; i++) sum = 31 * (31 * sum + indices[i]) + Float.hashCode(values[i]);
        return sum;
    }

    /** A buffer for rows of {@code schema}. */
    public RowBuffer(RowSchema schema) {
        this(schema.targets(), schema.features(), schema.shape().size());
    }

    /** A buffer for rows of so many targets and {@code width} features. */
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
