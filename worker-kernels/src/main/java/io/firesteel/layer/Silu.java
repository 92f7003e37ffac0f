package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.GatedActivations;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.ElementwiseOp;
import io.firesteel.op.Op;
import java.util.List;
import java.util.Map;

/** y = x / (1 + e^-x), elementwise; also called Swish. No parameters. Elfwing et al. 2018; {@code torch.nn.SiLU}. */
public record Silu() implements Layer {
    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return ElementwiseOp.keepingInput(in, GatedActivations::silu, GatedActivations::siluBackward);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.combine("Mul", () -> onnx.inside("gate").add("Sigmoid", Map.of(), List.of()));
    }
}
