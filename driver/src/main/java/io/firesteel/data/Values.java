package io.firesteel.data;

import java.util.Arrays;

/** Features that are floats, [rows, width]. */
final class Values extends Features {
  private static final long serialVersionUID = 1;

  private float[] values = new float[0];

  Values(int width) { super(width); }

  @Override void add(Cells cells) { add(cells.values, 0, 1); }

  @Override void add(Features others, int row) { add(((Values) others).values, row, 1); }

  @Override void addAll(Features others) { add(((Values) others).values, 0, others.rows); }

  private void add(float[] from, int row, int count) {
    long end = (rows + (long) count) * width;
    if (end > values.length) values = Arrays.copyOf(values, grown(values.length, width, end));
    System.arraycopy(from, row * width, values, rows * width, count * width);
    rows += count;
  }

  @Override void get(int row, Cells cells) { System.arraycopy(values, row * width, cells.values, 0, width); }

  @Override long bytes(Cells cells) { return 4L * width; }

  @Override void trim() { values = Arrays.copyOf(values, rows * width); }

  @Override void copy(int row, Scaling scaling, int to, float[] x) {
    scaling.apply(values, row * width, width, x, to * width);
  }

  @Override void measure(int row, Moments moments) { moments.add(values, row * width, width); }

  @Override int checksum() { return Arrays.hashCode(values); }
}
