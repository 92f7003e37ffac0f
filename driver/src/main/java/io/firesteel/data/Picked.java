package io.firesteel.data;

import io.firesteel.kernel.SparseRows;
import java.util.Arrays;

/**
 * Rows of other features, picked and not copied: a table is dealt to the shards of its own JVM so. Each part's rows
 * stand together, in the order in which the parts came.
 */
final class Picked extends Features {
    private static final long serialVersionUID = 1;

    private final boolean sparse;
    private Features[] parts = new Features[0];
    private int[] ends = new int[0]; // [part]: rows up to its last
    private int[] places = new int[0]; // [rows]: within the part

    /** Of rows that look like {@code header}. */
    Picked(Header header) {
        super(header.shape().size());
        sparse = header.sparse();
    }

    @Override
    void add(Cells cells) {
        throw new UnsupportedOperationException("rows are picked");
    }

    @Override
    boolean add(Features others, int row) {
        int last = parts.length - 1;
        if (last < 0 || parts[last] != others) {
            parts = Arrays.copyOf(parts, ++last + 1);
            ends = Arrays.copyOf(ends, last + 1);
            parts[last] = others;
        }
        if (rows == places.length) places = Arrays.copyOf(places, grown(rows, 1, rows + 1L));
        places[rows++] = row;
        ends[last] = rows;
        return true;
    }

    private Features part(int row) {
        int found = Arrays.binarySearch(ends, row + 1);
        return parts[found < 0 ? -1 - found : found];
    }

    @Override
    void get(int row, Cells cells) {
        part(row).get(places[row], cells);
    }

    @Override
    void trim() {
        places = Arrays.copyOf(places, rows);
    }

    @Override
    void copy(int row, Scaling scaling, int to, float[] x) {
        part(row).copy(places[row], scaling, to, x);
    }

    @Override
    boolean isSparse() {
        return sparse;
    }

    @Override
    void copy(int row, Scaling scaling, SparseRows x) {
        part(row).copy(places[row], scaling, x);
    }

    @Override
    void measure(int row, Moments moments) {
        part(row).measure(places[row], moments);
    }
}
