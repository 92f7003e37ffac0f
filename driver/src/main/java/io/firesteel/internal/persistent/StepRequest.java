package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.shard.Split;
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
    private static final int HEAD = 5 * Long.BYTES;

    static StepRequest gradients(long number, Batch batch, float[] params) {
        return new StepRequest(number, batch, null, params);
    }

    static StepRequest evaluation(long number, Split split, float[] params) {
        return new StepRequest(number, NONE, split, params);
    }

    /** As bytes, in {@code old} where that has the right length. */
    byte[] encode(byte[] old) {
        int length = Math.addExact(HEAD, Math.multiplyExact(params.length, Float.BYTES));
        byte[] bytes = old != null && old.length == length ? old : new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(number)
                .putInt(split == null ? -1 : split.ordinal())
                .putInt(batch.epoch())
                .putLong(batch.step())
                .putLong(batch.from())
                .putLong(batch.to());
        buffer.asFloatBuffer().put(params);
        return bytes;
    }

    /** What {@link #encode} has written, with the parameters in {@code old} where that has the right length. */
    static StepRequest decode(byte[] bytes, float[] old) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long number = buffer.getLong();
        int split = buffer.getInt(), epoch = buffer.getInt();
        Batch batch = new Batch(buffer.getLong(), epoch, buffer.getLong(), buffer.getLong());
        int size = (bytes.length - HEAD) / Float.BYTES;
        float[] params = old != null && old.length == size ? old : new float[size];
        buffer.asFloatBuffer().get(params);
        return new StepRequest(number, batch, split < 0 ? null : Split.values()[split], params);
    }
}
