package io.firesteel.data;

import io.firesteel.kernel.SparseRows;
import java.util.Arrays;

/** Features of which only the numbers that are not zero are kept, row after row, and where they stand. */
final class Sparse extends Features {
    private static final long serialVersionUID = 1;

    private int[] ends = new int[0]; // [rows]: where each row's numbers end
    private int[] places = new int[0];
    private float[] values = new float[0];

    Sparse(int width) {
        super(width);
    }

    private int end(int row) {
        return row < 0 ? 0 : ends[row];
    }

    @Override
    void add(Cells cells) {
        add(cells.places, cells.values, 0, cells.count);
    }

    @Override
    boolean add(Features others, int row) {
        if (!(others instanceof Sparse from)) return false;
        add(from.places, from.values, from.end(row - 1), from.ends[row] - from.end(row - 1));
        return true;
    }

    private void add(int[] fromPlaces, float[] fromValues, int at, int count) {
        int from = end(rows - 1);
        long end = (long) from + count;
        if (end > values.length) {
            values = Arrays.copyOf(values, grown(values.length, 1, end));
            places = Arrays.copyOf(places, values.length);
        }
        System.arraycopy(fromPlaces, at, places, from, count);
        System.arraycopy(fromValues, at, values, from, count);
        if (rows == ends.length) ends = Arrays.copyOf(ends, grown(ends.length, 1, rows + 1L));
        ends[rows++] = (int) end;
    }

    @Override
    void get(int row, Cells cells) {
        cells.count = ends[row] - end(row - 1);
        cells.places = Arrays.copyOfRange(places, end(row - 1), ends[row]);
        cells.values = Arrays.copyOfRange(values, end(row - 1), ends[row]);
    }

    @Override
    void trim() {
        ends = Arrays.copyOf(ends, rows);
        values = Arrays.copyOf(values, end(rows - 1));
        places = Arrays.copyOf(places, end(rows - 1));
    }

    @Override
    void copy(int row, Scaling scaling, int to, float[] x) {
        scaling.apply(places, values, end(row - 1), ends[row], x, to * width, width);
    }

    @Override
    boolean isSparse() {
        return true;
    }

    @Override
    void copy(int row, Scaling scaling, SparseRows x) {
        scaling.apply(places, values, end(row - 1), ends[row], x);
    }

    @Override
    void measure(int row, Moments moments) {
        moments.add(places, values, end(row - 1), ends[row]);
    }
}
