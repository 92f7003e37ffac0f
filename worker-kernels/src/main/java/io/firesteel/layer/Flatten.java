package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;

/**
 * Each row as one vector; backward gives the gradient its original shape back. Row-major arrays stay as they are. No
 * parameters.
 */
public record Flatten() implements Layer {
    @Override
    public Shape output(Shape in) {
        return new Shape(in.size());
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        int n = in.size();
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                if (x != y) System.arraycopy(x, 0, y, 0, p.rows * n);
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                if (dx != null && dx != dy) System.arraycopy(dy, 0, dx, 0, p.rows * n);
            }

            @Override
            public boolean inPlace() {
                return true;
            }
        };
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.flatten(in);
    }

    @Override
    public boolean onlyReshapes() {
        return true;
    }
}
