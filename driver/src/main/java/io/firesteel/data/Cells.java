package io.firesteel.data;

/** One row of a table on its way into a block or a model; overwritten by the next. */
final class Cells {
  /** Features as unsigned bytes; null for others. */
  byte[] pixels;
  /** Features as floats [width], or, where they are sparse, the first {@link #count} numbers that are not zero. */
  float[] values;
  /** Where sparse numbers stand, rising; null for others. */
  int[] places;
  int count;
  /** The label or the values to learn. */
  final float[] targets;
  float weight = 1;
  /** Whether the row is held out to judge the model while it trains. */
  boolean held;

  Cells(Header header) {
    targets = new float[header.targets()];
    if (header.pixels()) return;
    values = new float[header.sparse() ? 16 : header.shape().size()];
    places = header.sparse() ? new int[16] : null;
  }
}
