package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.DropoutOp;
import io.firesteel.op.Op;
import io.firesteel.spec.Default;

/**
 * Dropout of whole channels of an image, whose neighbouring pixels are much alike: y = m x / (1 - p) in training, with
 * m = 0 for a fraction {@code p} of the channels and 1 for the others; y = x in evaluation. What is dropped is a
 * function of seed, epoch, row and channel alone. No parameters. Tompson et al. 2015; {@code torch.nn.Dropout2d}.
 *
 * @param p fraction of the channels that is dropped, in [0, 1)
 */
public record Dropout2d(@Default("0.5") double p) implements Layer {
    public Dropout2d {
        Dropout.check(p);
    }

    @Override
    public Shape output(Shape in) {
        if (in.rank() != 3)
            throw new IllegalArgumentException("Dropout2d takes images [height x width x channels], got [" + in
                    + "]; use Dropout, or set the data's shape");
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return new DropoutOp(p, in.dim(0) * in.dim(1), in.dim(2), binder);
    }

    /** Predictions are without it. */
    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {}
}
