package io.firesteel.internal.shard;

import io.firesteel.array.Random64;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowConsumer;

/** A checksum of rows in their order, by which a resumed run knows them again. */
final class RowChecksum implements RowConsumer {
    private long sum;

    @Override
    public void accept(long row, RowBuffer buffer) {
        sum = Random64.mix(sum ^ buffer.checksum());
    }

    long sum() {
        return sum;
    }
}
