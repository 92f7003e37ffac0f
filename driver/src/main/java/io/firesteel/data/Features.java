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
    private Chunk[] chunks = new Chunk[0]; // full ones; behind the last in use, nulls
    private float[] open = new float[0]; // the rows after those

    Values(int width) {
      super(width);
      chunkRows = Math.max(1, CHUNK / width);
    }

    /** Appends row {@code row} of {@code from}. */
    void add(float[] from, int row) {
      int place = room();
      System.arraycopy(from, row * width, open, place, width);
      added();
    }

    @Override void add(Features others, int row) {
      int place = room();
      ((Values) others).copy(row, open, place);
      added();
    }

    @Override void addAll(Features others) { for (int row = 0; row < others.rows; row++) add(others, row); }

    /** Where the next row goes in {@link #open}. */
    private int room() {
      int place = rows % chunkRows * width;
      if (place == open.length) open = Arrays.copyOf(open, Math.min(chunkRows * width, Math.max(8 * width, 2 * place)));
      return place;
    }

    private void added() {
      if (++rows % chunkRows > 0) return;
      int chunk = rows / chunkRows - 1;
      if (chunk == chunks.length) chunks = Arrays.copyOf(chunks, grown(chunk, 1, chunk + 1L));
      chunks[chunk] = Chunk.of(open, chunkRows * width);
    }

    private void copy(int row, float[] to, int at) {
      int chunk = row / chunkRows, place = row % chunkRows * width;
      if (chunk < rows / chunkRows) chunks[chunk].copy(place, width, to, at);
      else System.arraycopy(open, place, to, at, width);
    }

    @Override void trim() {
      chunks = Arrays.copyOf(chunks, rows / chunkRows);
      open = Arrays.copyOf(open, rows % chunkRows * width);
    }

    @Override void copy(int row, Scaling scaling, int to, float[] x) {
      copy(row, x, to * width);
      scaling.apply(x, to * width, width, x, to * width);
    }

    @Override void measure(int row, Moments moments) {
      float[] copied = new float[width];
      copy(row, copied, 0);
      moments.add(copied, 0, width);
    }

    @Override int checksum() {
      int sum = Arrays.hashCode(Arrays.copyOf(open, rows % chunkRows * width));
      for (int i = 0; i < rows / chunkRows; i++) sum = 31 * sum + chunks[i].checksum();
      return sum;
    }
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
