package io.firesteel.row;

/** Receives the rows of a source one by one. */
@FunctionalInterface
public interface RowConsumer {
    /**
     * @param row its index among the usable rows of the source, from 0
     * @param buffer the row; owned by the source and overwritten after this call
     */
    void accept(long row, RowBuffer buffer);
}
