package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;

/**
 * The same numbers in another shape: an array is row-major, {@code [height, width, channels]} with channels last. No
 * parameters. {@code torch.nn.Unflatten}, but that there an image has its channels first: a {@code permute(0, 3, 1, 2)}
 * behind it makes them the same.
 *
 * @param shape of each row of output, as large as that of its input
 */
public record Reshape(Shape shape) implements Layer {
    @Override
    public Shape output(Shape in) {
        if (in.size() != shape.size())
            throw new IllegalArgumentException("Reshape to [" + shape + "] takes " + shape.size() + " numbers, got ["
                    + in + "], which are " + in.size());
        return shape;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return new Flatten().bind(in, binder);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        if (shape.rank() == 1) onnx.flatten(in);
        else onnx.reshape(shape);
    }

    @Override
    public boolean onlyReshapes() {
        return true;
    }
}
