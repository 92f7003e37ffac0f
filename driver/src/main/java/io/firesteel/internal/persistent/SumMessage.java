package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.FloatSlice;
import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.metric.Sums;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What an executor sends: sums of its tasks for one request, with the floats of their gradients as they lie in memory
 * behind all else.
 *
 * @param shift the shift of its tasks
 * @param joined the partition whose task has just begun; -1 for none
 * @param number the request that the sums are for; 0 where there was none yet, or {@link #JOINS}
 */
record SumMessage(long shift, int joined, long number, List<GradientSum> sums) {
    /** The number of a message that says no more than who joins. */
    static final long JOINS = -1;

    private static final int FIXED = 2 * Long.BYTES + 2 * Integer.BYTES;

    /** As bytes, in {@code old} where that has the right length. */
    byte[] encode(byte[] old) {
        byte[] head = head();
        long floats = 0;
        for (GradientSum sum : sums) if (sum.hasGradient()) floats += sum.gradient().length;
        int length = Math.toIntExact(FIXED + head.length + floats * Float.BYTES);
        byte[] bytes = old != null && old.length == length ? old : new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(shift).putLong(number).putInt(joined).putInt(head.length).put(head);
        for (GradientSum sum : sums) {
            if (!sum.hasGradient()) continue;
            buffer.asFloatBuffer().put(sum.gradient());
            buffer.position(buffer.position() + Float.BYTES * sum.gradient().length);
        }
        return bytes;
    }

    private byte[] head() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(sums.size());
            for (GradientSum sum : sums) {
                out.writeInt(sum.from);
                out.writeInt(sum.to());
                out.writeInt(sum.hasGradient() ? sum.gradient().length : -1);
                Sums values = sum.sums();
                out.writeDouble(values.lossSum);
                out.writeLong(values.rows);
                out.writeDouble(values.weight);
                write(values.slots, out);
                write(sum.squares(), out);
                out.writeInt(sum.times.size());
                for (TaskTime time : sum.times) time.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen in memory
        }
        return bytes.toByteArray();
    }

    private static void write(double[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) out.writeDouble(value);
    }

    /** The shift of a message, without reading the rest. */
    static long shift(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** The request that a message answers, without reading the rest. */
    static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Long.BYTES);
    }

    /** What {@link #encode} has written; {@code vectors} gives an array of a wanted length for each gradient. */
    static SumMessage decode(byte[] bytes, IntFunction<float[]> vectors) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long shift = buffer.getLong(), number = buffer.getLong();
        int joined = buffer.getInt(), head = buffer.getInt();
        List<GradientSum> sums = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, FIXED, head))) {
            buffer.position(FIXED + head);
            for (int left = in.readInt(); left > 0; left--) {
                int from = in.readInt(), to = in.readInt(), size = in.readInt();
                double lossSum = in.readDouble();
                long rows = in.readLong();
                double weight = in.readDouble();
                double[] slots = read(in);
                Sums values = new Sums(slots.length);
                values.lossSum = lossSum;
                values.rows = rows;
                values.weight = weight;
                System.arraycopy(slots, 0, values.slots, 0, slots.length);
                FloatSlice gradient = size < 0 ? null : new FloatSlice(vectors.apply(size));
                if (size >= 0) {
                    buffer.asFloatBuffer().get(gradient.values());
                    buffer.position(buffer.position() + Float.BYTES * size);
                }
                GradientSum sum = new GradientSum(from, to, gradient, values, read(in));
                for (int times = in.readInt(); times > 0; times--) sum.times.add(TaskTime.read(in));
                sums.add(sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a message of " + bytes.length + " bytes is not as it was sent", e);
        }
        return new SumMessage(shift, joined, number, sums);
    }

    private static double[] read(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) values[i] = in.readDouble();
        return values;
    }
}
