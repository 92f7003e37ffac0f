package io.firesteel.row;

import java.io.IOException;

/** The rows that one task reads, from start to end. */
@FunctionalInterface
public interface RowScan {
    /**
     * Passes every usable row to the consumer.
     *
     * @return the row counts
     * @throws io.firesteel.spec.SpecException at a bad row that the policy does not tolerate, naming its place
     */
    RowCounts read(RowConsumer sink) throws IOException;
}
