package io.firesteel.internal.block;

import io.firesteel.internal.kernel.SparseRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowSchema;
import java.util.Arrays;

/**
 * A view of rows of other features, without copies; used when a table is assigned to shards in the same JVM. The rows
 * of each partition are contiguous, in the order in which partitions were added.
 */
final class FeatureView extends PackedFeatures {
    private static final long serialVersionUID = 1;

    private final boolean sparse;
    private PackedFeatures[] partitions = new PackedFeatures[0];
    private int[] ends = new int[0]; // [partition]: rows up to its end
    private int[] indices = new int[0]; // [rows]: index within the partition

    /** For rows of {@code schema}. */
    FeatureView(RowSchema schema) {
        super(schema.shape().size());
        sparse = schema.features() == FeatureKind.SPARSE;
    }

    @Override
    void add(RowBuffer buffer) {
        throw new UnsupportedOperationException("a view holds no rows of its own");
    }

    @Override
    boolean add(PackedFeatures others, int row) {
        int last = partitions.length - 1;
        if (last < 0 || partitions[last] != others) {
            partitions = Arrays.copyOf(partitions, ++last + 1);
            ends = Arrays.copyOf(ends, last + 1);
            partitions[last] = others;
        }
        if (rows == indices.length) indices = Arrays.copyOf(indices, capacity(rows, 1, rows + 1L));
        indices[rows++] = row;
        ends[last] = rows;
        return true;
    }

    private PackedFeatures partitionOf(int row) {
        int found = Arrays.binarySearch(ends, row + 1);
        return partitions[found < 0 ? -1 - found : found];
    }

    @Override
    void get(int row, RowBuffer buffer) {
        partitionOf(row).get(indices[row], buffer);
    }

    @Override
    void trim() {
        indices = Arrays.copyOf(indices, rows);
    }

    @Override
    void copy(int row, InputScaler normalizer, int to, float[] x) {
        partitionOf(row).copy(indices[row], normalizer, to, x);
    }

    @Override
    boolean isSparse() {
        return sparse;
    }

    @Override
    void copy(int row, InputScaler normalizer, SparseRows x) {
        partitionOf(row).copy(indices[row], normalizer, x);
    }

    @Override
    void measure(int row, ChannelStats stats) {
        partitionOf(row).measure(indices[row], stats);
    }
}
