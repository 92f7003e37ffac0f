package io.firesteel.data;

import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Arrays;

/** The features of packed rows, in one of the ways they can lie in memory. Plain classes, since Kryo 4 cannot write records. */
abstract class Features implements Serializable {
  private static final long serialVersionUID = 1;
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  final int width;
  int rows;

  private Features(int width) { this.width = width; }

  static Features of(Header header) {
    int width = header.shape().size();
    if (header.pixels()) return new Pixels(width);
    return header.sparse() ? new Sparse(width) : new Values(width);
  }

  /** Appends all rows of another block's features, which lie in the same way. */
  abstract void addAll(Features others);

  /** Appends row {@code row} of {@code others}. */
  abstract void add(Features others, int row);

  /** Gives back what growing took in advance. */
  abstract void trim();

  /** Copies row {@code row} to row {@code to} of x, scaled. */
  abstract void copy(int row, Scaling scaling, int to, float[] x);

  /** Takes row {@code row} into the moments of its channels. */
  abstract void measure(int row, Moments moments);

  /** A number that differs where the rows do. */
  abstract int checksum();

  /** At least {@code wanted}, and half as much again as there was; a whole number of {@code unit}s. */
  static int grown(int length, int unit, long wanted) {
    long most = MAX_ARRAY / unit * (long) unit;
    if (wanted > most)
      throw new SpecException("a shard holds at most " + MAX_ARRAY + " numbers; set more shards in the run");
    return (int) Math.min(most, Math.max(wanted, Math.max(16L * unit, length + length / 2 / unit * (long) unit)));
  }

  /** Unsigned bytes, [rows, width]. */
  static final class Pixels extends Features {
    private static final long serialVersionUID = 1;
    private byte[] pixels = new byte[0];

    Pixels(int width) { super(width); }

    void add(byte[] row, int at, int count) {
      long end = (rows + (long) count) * width;
      if (end > pixels.length) pixels = Arrays.copyOf(pixels, grown(pixels.length, width, end));
      System.arraycopy(row, at * width, pixels, rows * width, count * width);
      rows += count;
    }

    @Override void addAll(Features others) { add(((Pixels) others).pixels, 0, others.rows); }

    @Override void add(Features others, int row) { add(((Pixels) others).pixels, row, 1); }

    @Override void trim() { pixels = Arrays.copyOf(pixels, rows * width); }

    @Override void copy(int row, Scaling scaling, int to, float[] x) {
      scaling.apply(pixels, row * width, width, x, to * width);
    }

    @Override void measure(int row, Moments moments) { moments.add(pixels, row * width, width); }

    @Override int checksum() { return Arrays.hashCode(pixels); }
  }

  /** Floats, [rows, width], in chunks: nothing is copied in order to grow, and no array is as large as the block. */
  static final class Values extends Features {
    private static final long serialVersionUID = 1;
    private static final int CHUNK = 1 << 16; // numbers, or one row where that is more

    private final int chunkRows;
    private float[][] chunks = new float[0][]; // [rows / chunkRows][chunkRows, width]

    Values(int width) {
      super(width);
      chunkRows = Math.max(1, CHUNK / width);
    }

    void add(float[] from, int row) {
      int chunk = rows / chunkRows, at = rows % chunkRows * width;
      if (chunk == chunks.length) chunks = Arrays.copyOf(chunks, grown(chunks.length, 1, chunk + 1L));
      if (chunks[chunk] == null) chunks[chunk] = new float[chunkRows * width];
      else if (chunks[chunk].length == at) chunks[chunk] = Arrays.copyOf(chunks[chunk], chunkRows * width); // was trimmed
      System.arraycopy(from, row * width, chunks[chunk], at, width);
      rows++;
    }

    @Override void addAll(Features others) { for (int row = 0; row < others.rows; row++) add(others, row); }

    @Override void add(Features others, int row) {
      Values from = (Values) others;
      add(from.chunks[row / chunkRows], row % chunkRows);
    }

    @Override void trim() {
      chunks = Arrays.copyOf(chunks, (rows + chunkRows - 1) / chunkRows);
      int last = chunks.length - 1, filled = (rows - last * chunkRows) * width;
      if (last >= 0 && chunks[last].length > filled) chunks[last] = Arrays.copyOf(chunks[last], filled);
    }

    @Override void copy(int row, Scaling scaling, int to, float[] x) {
      scaling.apply(chunks[row / chunkRows], row % chunkRows * width, width, x, to * width);
    }

    @Override void measure(int row, Moments moments) {
      moments.add(chunks[row / chunkRows], row % chunkRows * width, width);
    }

    @Override int checksum() { return Arrays.deepHashCode(chunks); }
  }

  /** The numbers that are not zero, row after row, and where they stand. */
  static final class Sparse extends Features {
    private static final long serialVersionUID = 1;
    private int[] ends = new int[0]; // [rows]: where each row's numbers end
    private int[] places = new int[0];
    private float[] values = new float[0];

    Sparse(int width) { super(width); }

    private int end(int row) { return row < 0 ? 0 : ends[row]; }

    /** Appends what is not zero in a row [width]. */
    void add(float[] row) {
      int count = 0;
      for (float value : row) if (value != 0) count++;
      int[] rowPlaces = new int[count];
      float[] rowValues = new float[count];
      for (int i = 0, k = 0; i < width; i++) {
        if (row[i] == 0) continue;
        rowPlaces[k] = i;
        rowValues[k++] = row[i];
      }
      add(rowPlaces, rowValues, 0, count);
    }

    /** Appends a row of {@code count} numbers. */
    void add(int[] rowPlaces, float[] rowValues, int at, int count) {
      int from = end(rows - 1);
      long end = (long) from + count;
      if (end > values.length) {
        values = Arrays.copyOf(values, grown(values.length, 1, end));
        places = Arrays.copyOf(places, values.length);
      }
      System.arraycopy(rowPlaces, at, places, from, count);
      System.arraycopy(rowValues, at, values, from, count);
      if (rows == ends.length) ends = Arrays.copyOf(ends, grown(ends.length, 1, rows + 1L));
      ends[rows++] = (int) end;
    }

    @Override void addAll(Features others) { for (int row = 0; row < others.rows; row++) add(others, row); }

    @Override void add(Features others, int row) {
      Sparse from = (Sparse) others;
      add(from.places, from.values, from.end(row - 1), from.ends[row] - from.end(row - 1));
    }

    @Override void trim() {
      ends = Arrays.copyOf(ends, rows);
      values = Arrays.copyOf(values, end(rows - 1));
      places = Arrays.copyOf(places, end(rows - 1));
    }

    @Override void copy(int row, Scaling scaling, int to, float[] x) {
      scaling.apply(places, values, end(row - 1), ends[row], x, to * width, width);
    }

    @Override void measure(int row, Moments moments) { moments.add(places, values, end(row - 1), ends[row]); }

    @Override int checksum() {
      return 31 * (31 * Arrays.hashCode(ends) + Arrays.hashCode(places)) + Arrays.hashCode(values);
    }
  }
}
