package io.firesteel.data;

import java.io.IOException;
import java.io.Serializable;

/** A table of rows, as plain data. A new source is one file and one word in {@code permits}. */
public sealed interface Source extends Serializable permits Idx, Csv {
  /** The same source with relative paths seen from {@code folder}. */
  Source under(String folder);

  /** What its rows look like; reads no more than it must. */
  Header header() throws IOException;

  /**
   * Sends every row to the sink, in order, checked.
   *
   * @param classes labels are 0..classes-1
   * @throws io.firesteel.spec.SpecException at the first bad row, naming file and row
   */
  void read(int classes, Sink sink) throws IOException;

  /** Reads everything once and counts the rows. */
  default long count(int classes) throws IOException {
    long[] rows = {0};
    read(classes, (row, pixels, values, targets) -> rows[0]++);
    return rows[0];
  }
}
