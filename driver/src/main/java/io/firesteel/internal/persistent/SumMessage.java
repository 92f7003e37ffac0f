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
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What an executor sends: sums of its tasks for one request.
 *
 * @param shift the shift of its tasks
 * @param joined the partition whose task has just begun; -1 for none
 * @param number the request that the sums are for; 0 where there was none yet, or {@link #JOINS}
 */
record SumMessage(long shift, int joined, long number, List<GradientSum> sums) {
    /** The number of a message that says no more than who joins. */
    static final long JOINS = -1;

    /** All but the gradients, as bytes. */
    byte[] head() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(shift);
            out.writeLong(number);
            out.writeInt(joined);
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

    /** The gradients, in the order of the sums. */
    float[][] gradients() {
        return sums.stream()
                .filter(GradientSum::hasGradient)
                .map(GradientSum::gradient)
                .toArray(float[][]::new);
    }

    private static void write(double[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) out.writeDouble(value);
    }

    /** The first part of what {@link #head} has written: shift, number and who joins. */
    static SumMessage start(ByteBuffer head) {
        ByteBuffer start = head.duplicate(); // in the byte order of a DataOutputStream
        long shift = start.getLong(), number = start.getLong();
        return new SumMessage(shift, start.getInt(), number, List.of());
    }

    /** What {@link #head} has written; {@code arrays} gives one of a wanted length for each gradient. */
    static SumMessage read(ByteBuffer head, VectorMessage.VectorInput vectors, IntFunction<float[]> arrays)
            throws IOException {
        byte[] bytes = new byte[head.remaining()];
        head.get(bytes);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        long shift = in.readLong(), number = in.readLong();
        int joined = in.readInt();
        List<GradientSum> sums = new ArrayList<>();
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
            FloatSlice gradient = size < 0 ? null : new FloatSlice(arrays.apply(size));
            if (gradient != null) vectors.read(gradient.values());
            GradientSum sum = new GradientSum(from, to, gradient, values, read(in));
            for (int times = in.readInt(); times > 0; times--) sum.times.add(TaskTime.read(in));
            sums.add(sum);
        }
        return new SumMessage(shift, joined, number, sums);
    }

    private static double[] read(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) values[i] = in.readDouble();
        return values;
    }
}
