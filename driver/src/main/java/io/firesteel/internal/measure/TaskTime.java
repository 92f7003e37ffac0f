package io.firesteel.internal.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;

/** What one task of a step took, measured where it ran: seconds. A plain class, since Kryo 4 cannot write records. */
public final class TaskTime implements Serializable {
    private static final long serialVersionUID = 1;

    final String host;
    final int from; // its shards
    final int to;
    final double begun; // since 1970, by its host's clock
    final double fetch; // until it had the parameters
    final double compute;
    final double serialize; // its thread's last result: this one is not written yet
    final double gc; // of its whole process, while it ran; part of the others

    public TaskTime(
            String host, int from, int to, double begun, double fetch, double compute, double serialize, double gc) {
        this.host = host;
        this.from = from;
        this.to = to;
        this.begun = begun;
        this.fetch = fetch;
        this.compute = compute;
        this.serialize = serialize;
        this.gc = gc;
    }

    /** Seconds since 1970, finer than a millisecond. */
    public static double clock() {
        Instant now = Instant.now();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    public void write(DataOutput out) throws IOException {
        out.writeUTF(host);
        out.writeInt(from);
        out.writeInt(to);
        for (double value : new double[] {begun, fetch, compute, serialize, gc}) out.writeDouble(value);
    }

    /** What {@link #write} has written. */
    public static TaskTime read(DataInput in) throws IOException {
        return new TaskTime(
                in.readUTF(),
                in.readInt(),
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    double seconds() {
        return fetch + compute;
    }
}
