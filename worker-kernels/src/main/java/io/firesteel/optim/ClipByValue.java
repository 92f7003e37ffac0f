package io.firesteel.optim;

/**
 * Every number of the mean gradient is at most {@code value} in magnitude: PyTorch's {@code clip_grad_value_}.
 *
 * @param value above 0
 */
public record ClipByValue(double value) implements Clipping {
    public ClipByValue {
        Clipping.requirePositive("value", value);
    }

    @Override
    public double bound() {
        return value;
    }
}
