package io.firesteel.model;

import io.firesteel.array.Shape;
import io.firesteel.spec.Default;
import java.io.Serializable;
import java.util.List;

/**
 * Shift and scale of the inputs: {@code x = (raw - mean) / std}. Pixels are divided by 255 first, as in PyTorch's
 * ToTensor and Normalize.
 *
 * @param mean one value for all channels, or one per channel (the last axis of the shape)
 * @param std one value for all channels, or one per channel
 */
public record Normalization(
        @Default("[0]") List<Double> mean, @Default("[1]") List<Double> std) implements Serializable {
    /** x = raw. */
    public static final Normalization NONE = new Normalization(List.of(0.0), List.of(1.0));

    public Normalization {
        for (double m : mean)
            if (!Double.isFinite(m)) throw new IllegalArgumentException("mean is a finite number, got " + m);
        for (double s : std)
            if (!(s > 0 && Double.isFinite(s))) throw new IllegalArgumentException("std is above 0, got " + s);
    }

    /** Throws {@link IllegalArgumentException} where the channels of {@code in} do not fit. */
    public void check(Shape in) {
        int channels = in.dim(in.rank() - 1);
        for (List<Double> values : List.of(mean, std))
            if (values.size() != 1 && values.size() != channels)
                throw new IllegalArgumentException(values.size() + " values, wanted 1 or one for each of " + channels
                        + " channels of [" + in + "]");
    }

    /** {@code scale[c]} of x = scale[c] raw + shift[c], for raw numbers that are {@code unit} times too large. */
    public float[] scale(int channels, double unit) {
        float[] scale = new float[channels];
        for (int c = 0; c < channels; c++) scale[c] = (float) (1 / (unit * at(std, c)));
        return scale;
    }

    /** {@code shift[c]} of x = scale[c] raw + shift[c]. */
    public float[] shift(int channels) {
        float[] shift = new float[channels];
        for (int c = 0; c < channels; c++) shift[c] = (float) (-at(mean, c) / at(std, c));
        return shift;
    }

    private static double at(List<Double> values, int channel) {
        return values.get(values.size() == 1 ? 0 : channel);
    }
}
