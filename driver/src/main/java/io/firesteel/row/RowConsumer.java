package io.firesteel.row;

/** Receives the rows of a source one by one. */
@FunctionalInterface
public interface RowConsumer {
    /**
     * @param row its index among the usable rows of this reading, from 0
     * @param buffer the row; owned by the source and overwritten after this call
     */
    void accept(long row, RowBuffer buffer);

    /**
     * The rows that follow are another segment of the source. Segments are ordered by path and start, whichever task
     * reads them, and that is the order of the rows.
     *
     * @param path the file that it is in; empty for what comes in no file
     * @param start its first byte there, or its place among what comes in no file
     */
    default void segment(String path, long start) {}
}
