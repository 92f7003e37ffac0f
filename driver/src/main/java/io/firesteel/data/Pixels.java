package io.firesteel.data;

import java.util.Arrays;

/** Features that are unsigned bytes, [rows, width]. */
final class Pixels extends Features {
  private static final long serialVersionUID = 1;

  private byte[] pixels = new byte[0];

  Pixels(int width) { super(width); }

  @Override void add(Cells cells) { add(cells.pixels, 0, 1); }

  @Override void add(Features others, int row) { add(((Pixels) others).pixels, row, 1); }

  @Override void addAll(Features others) { add(((Pixels) others).pixels, 0, others.rows); }

  private void add(byte[] from, int row, int count) {
    long end = (rows + (long) count) * width;
    if (end > pixels.length) pixels = Arrays.copyOf(pixels, grown(pixels.length, width, end));
    System.arraycopy(from, row * width, pixels, rows * width, count * width);
    rows += count;
  }

  @Override void get(int row, Cells cells) { System.arraycopy(pixels, row * width, cells.pixels, 0, width); }

  @Override long bytes(Cells cells) { return width; }

  @Override void trim() { pixels = Arrays.copyOf(pixels, rows * width); }

  @Override void copy(int row, Scaling scaling, int to, float[] x) {
    scaling.apply(pixels, row * width, width, x, to * width);
  }

  /** First as bytes, so that the loads of rows that lie far apart do not wait for each other. */
  @Override void copy(int[] chosen, int count, Scaling scaling, float[] x) {
    byte[] gathered = scaling.bytes(count * width);
    for (int r = 0; r < count; r++) System.arraycopy(pixels, chosen[r] * width, gathered, r * width, width);
    scaling.apply(gathered, 0, count * width, x, 0);
  }

  @Override void measure(int row, Moments moments) { moments.add(pixels, row * width, width); }

  @Override int checksum() { return Arrays.hashCode(pixels); }
}
