package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.Activations;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.ElementwiseOp;
import io.firesteel.op.Op;
import io.firesteel.spec.Default;
import java.util.List;
import java.util.Map;

/**
 * y = max(x, 0) + slope min(x, 0), elementwise. No parameters. Maas et al. 2013; {@code torch.nn.LeakyReLU}.
 *
 * @param slope factor of the numbers below 0, not negative
 */
public record LeakyRelu(@Default("0.01") double slope) implements Layer {
    public LeakyRelu {
        if (!(slope >= 0)) throw new IllegalArgumentException("LeakyRelu needs slope >= 0, got " + slope);
    }

    public LeakyRelu() {
        this(0.01);
    }

    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        float a = (float) slope;
        return ElementwiseOp.inPlace(
                in,
                (n, x, y) -> Activations.leakyRelu(n, a, x, y),
                (n, y, dy, dx) -> Activations.leakyReluBackward(n, a, y, dy, dx));
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.add("LeakyRelu", Map.of("alpha", (float) slope), List.of());
    }
}
