package io.firesteel.layer;

import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import io.firesteel.spec.Default;

/**
 * y = m x / (1 - p) in training, with m = 0 for a fraction {@code p} of the inputs and 1 for the others; y = x in
 * evaluation. What is dropped is a function of seed, epoch, row and input alone. No parameters. Srivastava et al. 2014.
 *
 * @param p fraction of the inputs that is dropped, in [0, 1)
 */
public record Dropout(@Default("0.5") double p) implements Layer {
    private static final long STEP = 0x9E3779B97F4A7C15L; // of SplitMix64
    private static final int BITS = 24;

    public Dropout {
        if (!(p >= 0 && p < 1)) throw new IllegalArgumentException("p is in [0, 1), got " + p);
    }

    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        int n = in.size(), stream = binder.randomStream();
        float[] mask = binder.rows(n); // 0 or 1 / (1 - p)
        return new Op() {
            @Override
            public void forward(PassContext pass, float[] x, float[] y) {
                int size = pass.rows * n;
                if (!pass.training) {
                    if (x != y) System.arraycopy(x, 0, y, 0, size);
                    return;
                }
                for (int r = 0; r < pass.rows; r++)
                    draw(Random64.at(pass.seed, pass.epoch, pass.rowIds[r], stream), n, mask, r * n);
                for (int i = 0; i < size; i++) y[i] = mask[i] * x[i];
            }

            @Override
            public void backward(PassContext pass, float[] x, float[] y, float[] dy, float[] dx) {
                if (dx == null) return;
                for (int i = 0; i < pass.rows * n; i++) dx[i] = mask[i] * dy[i];
            }

            @Override
            public boolean inPlace() {
                return true;
            }
        };
    }

    /** Predictions are without it. */
    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {}

    /** Without a branch: the sign of bits - least is -1 where an input is dropped. */
    private void draw(long row, int n, float[] mask, int at) {
        long least = Math.round(p * (1 << BITS));
        float scale = (float) (1 / (1 - p));
        for (int j = 0; j < n; j++) {
            long bits = Random64.mix(row + j * STEP) >>> Long.SIZE - BITS;
            mask[at + j] = scale * (1 + (bits - least >> Long.SIZE - 1));
        }
    }
}
