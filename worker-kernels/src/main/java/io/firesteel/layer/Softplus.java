package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.Activations;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.ElementwiseOp;
import io.firesteel.op.Op;
import java.util.List;
import java.util.Map;

/** y = log(1 + e^x), elementwise. No parameters. Dugas et al. 2001; {@code torch.nn.Softplus}. */
public record Softplus() implements Layer {
    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return ElementwiseOp.inPlace(in, Activations::softplus, Activations::softplusBackward);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.add("Softplus", Map.of(), List.of());
    }
}
