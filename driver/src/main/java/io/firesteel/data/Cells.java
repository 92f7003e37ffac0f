package io.firesteel.data;

import java.util.Arrays;

/** One row on its way into a block or a model; overwritten by the next. */
public final class Cells {
    /** Features as unsigned bytes; null for others. */
    public byte[] pixels;
    /**
     * Features as floats [width], or, where they are sparse, the first {@link #count} numbers that are not zero; null
     * for bytes.
     */
    public float[] values;
    /** Where sparse numbers stand, rising; null for others. */
    public int[] places;

    public int count;
    /** The label or the values to learn. */
    public final float[] targets;

    float weight = 1;
    /** Whether the row is held out to judge the model while it trains. */
    boolean held;

    /** A number that differs where the rows do, wherever they lie. */
    int checksum() {
        int sum = Arrays.hashCode(targets) ^ Float.hashCode(weight) ^ Boolean.hashCode(held);
        if (pixels != null) return 31 * sum + Arrays.hashCode(pixels);
        if (places == null) return 31 * sum + Arrays.hashCode(values);
        for (int i = 0; i < count; i++) sum = 31 * (31 * sum + places[i]) + Float.hashCode(values[i]);
        return sum;
    }

    /** A row that looks like {@code header}. */
    public Cells(Header header) {
        this(header.targets(), RowBytes.of(header));
    }

    Cells(int targets, RowBytes form) {
        this.targets = new float[targets];
        switch (form.kind()) {
            case PIXELS -> pixels = new byte[form.width()];
            case VALUES -> values = new float[form.width()];
            case SPARSE -> {
                places = new int[16];
                values = new float[16];
            }
        }
    }
}
