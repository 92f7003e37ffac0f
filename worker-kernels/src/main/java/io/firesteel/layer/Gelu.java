package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.GatedActivations;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.ElementwiseOp;
import io.firesteel.op.Op;
import io.firesteel.spec.Default;
import java.util.List;
import java.util.Map;

/**
 * y = x F(x), elementwise, with F(x) = (1 + erf(x / sqrt 2)) / 2, the normal distribution function. No parameters.
 * Hendrycks and Gimpel 2016; {@code torch.nn.GELU}.
 *
 * @param approximate whether F(x) is (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2, as in GPT-2 and BERT
 */
public record Gelu(@Default("false") boolean approximate) implements Layer {
    public Gelu() {
        this(false);
    }

    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return approximate
                ? ElementwiseOp.keepingInput(in, GatedActivations::geluTanh, GatedActivations::geluTanhBackward)
                : ElementwiseOp.keepingInput(in, GatedActivations::gelu, GatedActivations::geluBackward);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        if (approximate) onnx.combine("Mul", () -> writeSigmoid(onnx));
        else {
            onnx.inside("gated").combine("Mul", () -> writeErf(onnx));
            onnx.add("Mul", Map.of(), List.of(0.5f));
        }
    }

    /** 1 + erf(x / sqrt 2). */
    private static void writeErf(OnnxWriter onnx) {
        onnx.inside("scaled").add("Div", Map.of(), List.of((float) Math.sqrt(2)));
        onnx.inside("erf").add("Erf", Map.of(), List.of());
        onnx.inside("gate").add("Add", Map.of(), List.of(1f));
    }

    /** (1 + tanh(u / 2)) / 2 = sigmoid(u), with u = x (LINEAR + CUBIC x x). */
    private static void writeSigmoid(OnnxWriter onnx) {
        onnx.inside("logit").combine("Mul", () -> {
            onnx.inside("square").combine("Mul", () -> {});
            onnx.inside("cubic").add("Mul", Map.of(), List.of(GatedActivations.CUBIC));
            onnx.inside("linear").add("Add", Map.of(), List.of(GatedActivations.LINEAR));
        });
        onnx.inside("gate").add("Sigmoid", Map.of(), List.of());
    }
}
