package io.firesteel.internal.kernel.conv;

import io.firesteel.array.Padding;
import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.SlidingWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The start-up test of a convolution provider: forward and both gradients of a few windows, compared with a plain loop.
 */
final class ConvolutionCheck {
    private static final double TOLERANCE = 1e-4; // relative to the largest magnitude

    private static final ScratchAllocator SCRATCH = new ScratchAllocator() {
        @Override
        public float[] floats(int count) {
            return new float[count];
        }

        @Override
        public int[] ints(int count) {
            return new int[count];
        }

        @Override
        public FloatBuffer nativeFloats(int count) {
            return ByteBuffer.allocateDirect(4 * count)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    };

    private ConvolutionCheck() {}

    /** Throws {@link IllegalStateException} that says what differed. */
    static void run(Convolution.Provider provider) {
        run(provider, window(new Shape(9, 8, 1), 5, 1, "same"), 20, 3);
        run(provider, window(new Shape(7, 9, 5), 3, 2, "1"), 7, 2);
        run(provider, window(new Shape(6, 5, 32), 3, 1, "valid"), 32, 2);
        run(provider, window(new Shape(8, 8, 19), 5, 1, "same"), 18, 2);
        run(provider, window(new Shape(10, 14, 33), 3, 1, "valid"), 32, 1);
    }

    private static SlidingWindow window(Shape in, int kernel, int stride, String padding) {
        return SlidingWindow.of("self-test", in, Size2d.of(kernel), Size2d.of(stride), Padding.parse(padding));
    }

    private static void run(Convolution.Provider provider, SlidingWindow window, int filters, int rows) {
        int w = 1, b = w + window.patch() * filters;
        Random64 random = new Random64(7, window.channels(), filters);
        float[] x = gaussians(random, rows * window.inSize()), params = gaussians(random, b + filters);
        float[] dy = gaussians(random, rows * window.positions() * filters);
        Convolution[] both = {provider.plan(window, filters, true, rows, SCRATCH), new PlainConvolution(window, filters)
        };
        float[][] y = new float[2][dy.length], dx = new float[2][x.length], grads = new float[2][params.length];
        for (int i = 0; i < 2; i++) {
            both[i].forward(rows, x, params, w, b, y[i]);
            both[i].backward(rows, x, dy, params, grads[i], w, b, dx[i]);
        }
        compare("forward", window, y);
        compare("backward data", window, dx);
        compare("backward weights", window, grads);
    }

    private static void compare(String what, SlidingWindow window, float[][] foundAndWanted) {
        float[] found = foundAndWanted[0], wanted = foundAndWanted[1];
        float largest = 0;
        for (float value : wanted) largest = Math.max(largest, Math.abs(value));
        for (int i = 0; i < wanted.length; i++)
            if (!(Math.abs(found[i] - wanted[i]) <= TOLERANCE * largest))
                throw new IllegalStateException(
                        what + " of " + window + " at " + i + ": found " + found[i] + ", wanted " + wanted[i]);
    }

    private static float[] gaussians(Random64 random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
        return values;
    }
}
