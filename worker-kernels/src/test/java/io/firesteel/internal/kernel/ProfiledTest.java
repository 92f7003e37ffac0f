package io.firesteel.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.conv.Convolution;
import io.firesteel.internal.kernel.conv.Convolutions;
import io.firesteel.internal.kernel.dense.DenseProduct;
import io.firesteel.op.Binder;
import java.time.Duration;
import java.util.Arrays;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/** A profiler stops native code with signals, whose handlers run on the stack of the thread that they meet. */
class ProfiledTest {
    private static final int ROWS = 64;

    @Test
    void aProductMayBeInterrupted() {
        int n = 784, units = 256;
        float[] x = ones(ROWS * n), w = ones(n * units), y = new float[ROWS * units];
        DenseProduct product = new DenseProduct(n, units, ROWS, new Binder(ROWS));
        profiled(10_000, () -> {
            Arrays.fill(y, 0);
            product.forward(ROWS, x, w, 0, y);
        });
        for (float sum : y) assertEquals(n, sum);
    }

    @Test
    void aConvolutionMayBeInterrupted() {
        int filters = 8;
        // For this window oneDNN would turn to products.
        SlidingWindow window =
                SlidingWindow.of("test", new Shape(5, 5, 4), Size2d.of(7), Size2d.of(1), Padding.parse("5"));
        int b = window.patch() * filters;
        float[] x = ones(ROWS * window.inSize()), dy = ones(ROWS * window.positions() * filters);
        float[] params = ones(b + filters), grads = new float[params.length], dx = new float[x.length], y = dy.clone();
        Convolution convolution = Convolutions.provider().plan(window, filters, true, ROWS, new Binder(ROWS));
        profiled(300, () -> {
            Arrays.fill(grads, 0);
            convolution.forward(ROWS, x, params, 0, b, y);
            convolution.backward(ROWS, x, dy, params, grads, 0, b, dx);
        });
        assertEquals(ROWS * window.positions(), grads[b]);
    }

    /** Without care a few seconds of this end the JVM: it looks at no result before the last. */
    private static void profiled(int times, Runnable work) {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(1));
            recording.start();
            for (int i = 0; i < times; i++) work.run();
        }
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
