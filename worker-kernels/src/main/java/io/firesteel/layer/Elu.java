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
 * y = max(x, 0) + alpha (e^min(x, 0) - 1), elementwise. No parameters. Clevert et al. 2016; {@code torch.nn.ELU}.
 *
 * @param alpha what -y approaches far below 0, not negative
 */
public record Elu(@Default("1") double alpha) implements Layer {
    public Elu {
        if (!(alpha >= 0)) throw new IllegalArgumentException("Elu needs alpha >= 0, got " + alpha);
    }

    public Elu() {
        this(1);
    }

    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        float a = (float) alpha;
        return ElementwiseOp.inPlace(
                in,
                (n, x, y) -> Activations.elu(n, a, x, y),
                (n, y, dy, dx) -> Activations.eluBackward(n, a, y, dy, dx));
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.add("Elu", Map.of("alpha", (float) alpha), List.of());
    }
}
