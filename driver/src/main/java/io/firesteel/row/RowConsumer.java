package io.firesteel.row;

/** Takes the rows of a source one after the other. */
@FunctionalInterface
public interface RowConsumer {
    /**
     * @param row its number among the rows of the source that can be used, from 0
     * @param buffer the row; the source's, and the next row's after this call
     */
    void accept(long row, RowBuffer buffer);

    /**
     * False where the source need not take the trouble to look at this row, which is known to be one that can be used.
     */
    default boolean wants(long row) {
        return true;
    }
}
