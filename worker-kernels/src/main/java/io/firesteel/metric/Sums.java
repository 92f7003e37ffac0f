package io.firesteel.metric;

import java.io.Serializable;

/**
 * Sums over rows: loss, rows, weight, and the slots of the metrics. They add up across passes, shards and machines;
 * means are taken when they are read. Not thread-safe. A plain class, since Kryo 4 cannot write records.
 */
public final class Sums implements Serializable {
    private static final long serialVersionUID = 1;

    /** The loss of every row times its weight. */
    public double lossSum;

    public long rows;
    /** The weights of the rows; as many as rows where none has a weight. */
    public double weight;
    /** The metrics' own numbers, one metric after the other. */
    public final double[] slots;

    /** Of no rows. */
    public Sums(int slots) {
        this.slots = new double[slots];
    }

    /** Adds other sums of the same metrics; returns this. */
    public Sums add(Sums other) {
        lossSum += other.lossSum;
        rows += other.rows;
        weight += other.weight;
        for (int i = 0; i < slots.length; i++) slots[i] += other.slots[i];
        return this;
    }
}
