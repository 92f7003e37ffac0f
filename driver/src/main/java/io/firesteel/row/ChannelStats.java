package io.firesteel.row;

import io.firesteel.model.Normalization;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Count, mean and sum of squared distances of every channel. Distances are measured from the partition's first row, and
 * partitions are merged in their order (Chan, Golub and LeVeque 1983), so that large means do not cancel small
 * differences.
 */
public final class ChannelStats implements Serializable {
    private static final long serialVersionUID = 1;

    private final int channels;
    private final double unit; // raw numbers are divided by this before the model sees them
    private final boolean sparse;
    private final double[] origin; // what is subtracted before summing
    private final double[] sums;
    private final double[] squares;
    private long count; // numbers per channel

    public ChannelStats(RowSchema schema) {
        channels = schema.shape().dim(schema.shape().rank() - 1);
        unit = schema.features() == FeatureKind.BYTES ? InputScaler.PIXEL : 1;
        sparse = schema.features() == FeatureKind.SPARSE;
        origin = new double[channels];
        sums = new double[channels];
        squares = new double[channels];
    }

    public void add(byte[] raw, int at, int width) {
        for (int i = 0; i < width; i++) add(i % channels, raw[at + i] & 0xff);
        count += width / channels;
    }

    public void add(float[] raw, int at, int width) {
        if (count == 0) for (int c = 0; c < channels; c++) origin[c] = raw[at + c];
        for (int i = 0; i < width; i += channels) for (int c = 0; c < channels; c++) add(c, raw[at + i + c]);
        count += width / channels;
    }

    /** A sparse row: indices that are absent are zero. */
    public void add(int[] indices, float[] raw, int from, int to) {
        for (int k = from; k < to; k++) add(indices[k] % channels, raw[k]);
        count++;
    }

    private void add(int channel, double value) {
        double distance = value - origin[channel];
        sums[channel] += distance;
        squares[channel] += distance * distance;
    }

    /** Merges the statistics of the rows that follow these. */
    public ChannelStats plus(ChannelStats next) {
        if (next.count == 0) return this;
        if (count == 0) return next;
        double all = count + next.count;
        for (int c = 0; c < channels; c++) {
            double apart = next.mean(c) - mean(c);
            double spread = spread(c) + next.spread(c) + apart * apart * count * next.count / all;
            double mean = mean(c) + apart * next.count / all;
            origin[c] = mean;
            sums[c] = 0;
            squares[c] = spread;
        }
        count += next.count;
        return this;
    }

    private double mean(int c) {
        return origin[c] + sums[c] / count;
    }

    /** Sum of the squared distances from the mean. */
    private double spread(int c) {
        return squares[c] - sums[c] * sums[c] / count;
    }

    /**
     * Normalization to mean 0 and standard deviation 1; sparse features keep their zeros, and a constant channel is not
     * scaled.
     */
    public Normalization normalization() {
        Double[] mean = new Double[channels], std = new Double[channels];
        for (int c = 0; c < channels; c++) {
            double deviation = Math.sqrt(Math.max(0, spread(c)) / count) / unit;
            mean[c] = sparse ? 0 : mean(c) / unit;
            std[c] = deviation > 1e-12 * Math.max(1, Math.abs(mean(c) / unit)) ? deviation : 1;
        }
        boolean zero = Arrays.stream(mean).allMatch(m -> m == 0);
        return new Normalization(zero ? List.of(0.0) : List.of(mean), List.of(std));
    }
}
