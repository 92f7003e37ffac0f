package io.firesteel.loss;

/** L = |y - t|; dL/dy = sign(y - t): PyTorch's {@code L1Loss}. Its minimum is the median of the targets. */
public record AbsoluteError() implements ElementwiseLoss {
    @Override
    public double of(float y, float t) {
        return Math.abs(y - t);
    }

    @Override
    public float slope(float y, float t) {
        return Math.signum(y - t);
    }
}
