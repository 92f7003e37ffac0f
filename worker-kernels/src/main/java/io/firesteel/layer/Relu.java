package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.Activations;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.ElementwiseOp;
import io.firesteel.op.Op;
import java.util.List;
import java.util.Map;

/** y = max(x, 0). No parameters. */
public record Relu() implements Layer {
    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return ElementwiseOp.inPlace(in, Activations::relu, Activations::reluBackward);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.add("Relu", Map.of(), List.of());
    }

    @Override
    public boolean keepsOrder() {
        return true;
    }
}
