package io.firesteel.op;

import io.firesteel.array.Init;
import io.firesteel.array.ParamSlice.Role;
import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.NormalizationKernel;
import java.util.Arrays;

/** The operation of layer and group normalization, with {@code w [channels]} and {@code b [channels]}, not decayed. */
public final class NormalizationOp implements Op {
    private final int channels;
    private final int w;
    private final int b;
    private final NormalizationKernel kernel;

    public NormalizationOp(int channels, NormalizationKernel kernel, Binder binder) {
        this.channels = channels;
        this.w = declare(binder, "w", new Init.ConstantValue(1));
        this.b = declare(binder, "b", new Init.Zeros());
        this.kernel = kernel;
    }

    private int declare(Binder binder, String name, Init init) {
        return binder.param(name, new Shape(channels), Role.BIAS, init, channels, channels)
                .offset();
    }

    @Override
    public void forward(PassContext p, float[] x, float[] y) {
        kernel.forward(p.rows, x, p.params, w, b, y);
    }

    @Override
    public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
        if (p.fresh) {
            Arrays.fill(p.grads, w, w + channels, 0);
            Arrays.fill(p.grads, b, b + channels, 0);
        }
        kernel.backward(p.rows, x, dy, p.params, p.grads, w, b, dx);
    }
}
