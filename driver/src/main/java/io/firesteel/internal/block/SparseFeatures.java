package io.firesteel.internal.block;

import io.firesteel.internal.kernel.SparseRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import java.util.Arrays;

/** Sparse features: the non-zero values and their indices, row after row. */
final class SparseFeatures extends PackedFeatures {
    private static final long serialVersionUID = 1;

    private int[] ends = new int[0]; // [rows]: end offset of each row
    private int[] indices = new int[0];
    private float[] values = new float[0];

    SparseFeatures(int width) {
        super(width);
    }

    private int end(int row) {
        return row < 0 ? 0 : ends[row];
    }

    @Override
    void add(RowBuffer buffer) {
        add(buffer.indices, buffer.values, 0, buffer.count);
    }

    @Override
    boolean add(PackedFeatures others, int row) {
        if (!(others instanceof SparseFeatures from)) return false;
        add(from.indices, from.values, from.end(row - 1), from.ends[row] - from.end(row - 1));
        return true;
    }

    private void add(int[] fromIndices, float[] fromValues, int at, int count) {
        int from = end(rows - 1);
        long end = (long) from + count;
        if (end > values.length) {
            values = Arrays.copyOf(values, capacity(values.length, 1, end));
            indices = Arrays.copyOf(indices, values.length);
        }
        System.arraycopy(fromIndices, at, indices, from, count);
        System.arraycopy(fromValues, at, values, from, count);
        if (rows == ends.length) ends = Arrays.copyOf(ends, capacity(ends.length, 1, rows + 1L));
        ends[rows++] = (int) end;
    }

    @Override
    void get(int row, RowBuffer buffer) {
        buffer.count = ends[row] - end(row - 1);
        buffer.indices = Arrays.copyOfRange(indices, end(row - 1), ends[row]);
        buffer.values = Arrays.copyOfRange(values, end(row - 1), ends[row]);
    }

    @Override
    void trim() {
        ends = Arrays.copyOf(ends, rows);
        values = Arrays.copyOf(values, end(rows - 1));
        indices = Arrays.copyOf(indices, end(rows - 1));
    }

    @Override
    void copy(int row, InputScaler normalizer, int to, float[] x) {
        normalizer.apply(indices, values, end(row - 1), ends[row], x, to * width, width);
    }

    @Override
    boolean isSparse() {
        return true;
    }

    @Override
    void copy(int row, InputScaler normalizer, SparseRows x) {
        normalizer.apply(indices, values, end(row - 1), ends[row], x);
    }

    @Override
    void measure(int row, ChannelStats stats) {
        stats.add(indices, values, end(row - 1), ends[row]);
    }
}
