package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.SoftmaxRows;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import java.util.List;
import java.util.Map;

/**
 * y = e^x / sum of e^x over the last axis: all numbers of a vector, the channels of each pixel of an image. No
 * parameters. The loss SoftmaxCrossEntropy has its own and takes what comes before it. {@code torch.nn.Softmax}.
 */
public record Softmax() implements Layer {
    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        int n = in.dim(in.rank() - 1), perRow = in.size() / n;
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                SoftmaxRows.forward(p.rows * perRow, n, x, y);
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                if (dx != null) SoftmaxRows.backward(p.rows * perRow, n, y, dy, dx);
            }

            @Override
            public boolean inPlace() {
                return true;
            }

            @Override
            public boolean readsOutput() {
                return true;
            }
        };
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.addToLastAxis("Softmax", Map.of(), List.of());
    }
}
