package io.firesteel.layer;

import io.firesteel.array.Init;
import io.firesteel.array.ParamSlice.Role;
import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.Gemm;
import io.firesteel.internal.kernel.RowBias;
import io.firesteel.internal.kernel.dense.DenseProduct;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import io.firesteel.spec.Default;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * y = x W + b, with {@code w [in, units]} and {@code b [units]}.
 *
 * @param units number of outputs
 * @param bias whether b is added
 * @param init initial values of w; b starts at 0
 */
public record Dense(
        int units,
        @Default("true") boolean bias,
        @Default("He") Init init) implements Layer {
    private static final LayerTensor WEIGHT = new LayerTensor("w", "weight", List.of(1, 0), 0); // [units, in] there
    private static final LayerTensor BIAS = LayerTensor.vector("b", "bias");

    public Dense {
        if (units <= 0) throw new IllegalArgumentException("Dense needs at least one unit, got " + units);
    }

    public Dense(int units) {
        this(units, true, new Init.He());
    }

    @Override
    public Shape output(Shape in) {
        if (in.rank() != 1)
            throw new IllegalArgumentException("Dense takes vectors, got [" + in + "]; put Flatten before it");
        return new Shape(units);
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        int n = in.size();
        int w = binder.param("w", new Shape(n, units), Role.WEIGHT, init, n, units)
                .offset();
        int b = bias
                ? binder.param("b", new Shape(units), Role.BIAS, new Init.Zeros(), n, units)
                        .offset()
                : -1;
        DenseProduct product = binder.maxRows() == 0 ? null : new DenseProduct(n, units, binder.maxRows(), binder);
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                if (b < 0) Arrays.fill(y, 0, p.rows * units, 0);
                else RowBias.fill(p.rows, units, p.params, b, y, 0);
                if (x == null) p.sparse.ab(units, p.params, w, y); // y += x W
                else product.forward(p.rows, x, p.params, w, y);
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                if (x == null && p.fresh) Arrays.fill(p.grads, w, w + n * units, 0);
                if (x == null) p.sparse.aTb(units, dy, p.grads, w); // dW += x' dy
                else Gemm.aTb(n, units, p.rows, x, 0, dy, 0, p.fresh ? 0f : 1f, p.grads, w);
                if (b >= 0 && p.fresh) Arrays.fill(p.grads, b, b + units, 0);
                if (b >= 0) RowBias.addSums(p.rows, units, dy, 0, p.grads, b); // db += 1' dy
                if (dx != null) product.backward(p.rows, dy, p.params, w, dx); // dx = dy W'
            }
        };
    }

    @Override
    public List<LayerTensor> tensors() {
        return bias ? List.of(WEIGHT, BIAS) : List.of(WEIGHT);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.add("Gemm", Map.of("transB", 1), tensors());
    }

    @Override
    public boolean takesSparse() {
        return true;
    }
}
