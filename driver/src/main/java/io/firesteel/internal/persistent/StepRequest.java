package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.shard.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the driver asks of every task: the gradients of a batch's rows, or an evaluation of a split.
 *
 * @param number counts requests over all shifts of a run, from 1
 * @param split what is evaluated; null where gradients are wanted
 */
record StepRequest(long number, Batch batch, Split split, float[] params) {
    /** The answer when a shift is over. */
    static final byte[] SHIFT_ENDS = {};

    private static final Batch NONE = new Batch(0, 0, 0, 0);
    private static final int HEAD = 4 * Long.BYTES + 3 * Integer.BYTES;

    static StepRequest gradients(long number, Batch batch, float[] params) {
        return new StepRequest(number, batch, null, params);
    }

    static StepRequest evaluation(long number, Split split, float[] params) {
        return new StepRequest(number, NONE, split, params);
    }

    /** All but the parameters, as bytes. */
    byte[] head() {
        byte[] bytes = new byte[HEAD];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .putInt(split == null ? -1 : split.ordinal())
                .putInt(batch.epoch())
                .putLong(batch.step())
                .putLong(batch.from())
                .putLong(batch.to())
                .putInt(params.length);
        return bytes;
    }

    /** What {@link #head} has written, with the parameters in {@code old} where that has the right length. */
    static StepRequest read(ByteBuffer head, VectorMessage.VectorInput vectors, float[] old) throws IOException {
        long number = head.getLong();
        int split = head.getInt(), epoch = head.getInt();
        Batch batch = new Batch(head.getLong(), epoch, head.getLong(), head.getLong());
        int size = head.getInt();
        float[] params = old != null && old.length == size ? old : new float[size];
        vectors.read(params);
        return new StepRequest(number, batch, split < 0 ? null : Split.values()[split], params);
    }
}
