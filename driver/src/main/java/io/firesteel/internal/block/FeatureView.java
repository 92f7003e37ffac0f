package io.firesteel.internal.block;

import io.firesteel.internal.kernel.SparseRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.Normalizer;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowSchema;
import java.util.Arrays;

/**
 * Rows of other features, picked and not copied: a table is dealt to the shards of its own JVM so. Each part's rows
 * stand together, in the order in which the parts came.
 */
final class FeatureView extends PackedFeatures {
    private static final long serialVersionUID = 1;

    private final boolean sparse;
    private PackedFeatures[] parts = new PackedFeatures[0];
    private int[] ends = new int[0]; // [part]: rows up to its last
    private int[] indices = new int[0]; // [rows]: within the part

    /** Of rows that look like {@code schema}. */
    FeatureView(RowSchema schema) {
        super(schema.shape().size());
        sparse = schema.features() == FeatureKind.SPARSE;
    }

    @Override
    void add(RowBuffer buffer) {
        throw new UnsupportedOperationException("rows are picked");
    }

    @Override
    boolean add(PackedFeatures others, int row) {
        int last = parts.length - 1;
        if (last < 0 || parts[last] != others) {
            parts = Arrays.copyOf(parts, ++last + 1);
            ends = Arrays.copyOf(ends, last + 1);
            parts[last] = others;
        }
        if (rows == indices.length) indices = Arrays.copyOf(indices, grown(rows, 1, rows + 1L));
        indices[rows++] = row;
        ends[last] = rows;
        return true;
    }

    private PackedFeatures part(int row) {
        int found = Arrays.binarySearch(ends, row + 1);
        return parts[found < 0 ? -1 - found : found];
    }

    @Override
    void get(int row, RowBuffer buffer) {
        part(row).get(indices[row], buffer);
    }

    @Override
    void trim() {
        indices = Arrays.copyOf(indices, rows);
    }

    @Override
    void copy(int row, Normalizer normalizer, int to, float[] x) {
        part(row).copy(indices[row], normalizer, to, x);
    }

    @Override
    boolean isSparse() {
        return sparse;
    }

    @Override
    void copy(int row, Normalizer normalizer, SparseRows x) {
        part(row).copy(indices[row], normalizer, x);
    }

    @Override
    void measure(int row, ChannelStats stats) {
        part(row).measure(indices[row], stats);
    }
}
