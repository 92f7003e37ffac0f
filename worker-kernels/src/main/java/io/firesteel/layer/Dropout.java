package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.DropoutOp;
import io.firesteel.op.Op;
import io.firesteel.spec.Default;

/**
 * y = m x / (1 - p) in training, with m = 0 for a fraction {@code p} of the inputs and 1 for the others; y = x in
 * evaluation. What is dropped is a function of seed, epoch, row and input alone. No parameters. Srivastava et al. 2014.
 *
 * @param p fraction of the inputs that is dropped, in [0, 1)
 */
public record Dropout(@Default("0.5") double p) implements Layer {
    public Dropout {
        check(p);
    }

    static void check(double p) {
        if (!(p >= 0 && p < 1)) throw new IllegalArgumentException("p is in [0, 1), got " + p);
    }

    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return new DropoutOp(p, 1, in.size(), binder);
    }

    /** Predictions are without it. */
    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {}
}
