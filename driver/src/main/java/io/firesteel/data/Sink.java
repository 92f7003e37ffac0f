package io.firesteel.data;

/** Takes the rows of a source one after the other. The arrays are the source's and change with the next row. */
@FunctionalInterface public interface Sink {
  /**
   * @param row its number among the rows of the source that can be used, from 0
   * @param pixels features as unsigned bytes, or null
   * @param values features as floats, or null
   * @param targets the label or the values to learn
   */
  void accept(long row, byte[] pixels, float[] values, float[] targets);
}
