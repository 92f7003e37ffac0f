package io.firesteel.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Padding;
import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.op.Binder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Max-pooling finds the first largest number of every window, row by row, and sends the gradient there. */
class MaxPoolTest {
    @ParameterizedTest
    @CsvSource({
        "6x8x20,2,2,valid",
        "7x9x5,2,2,valid",
        "9x9x3,3,3,valid",
        "8x8x33,3,2,valid",
        "5x4x1,1x2,1,valid",
        "6x5x7,3x1,1x2,valid",
        "6x6x4,3,2,same",
        "6x6x4,2,2,1",
        "5x7x2,2,2,same"
    })
    void agreesWithThePlainLoop(String in, String kernel, String stride, String padding) {
        SlidingWindow w = SlidingWindow.of(
                "test", Shape.parse(in), Size2d.parse(kernel), Size2d.parse(stride), Padding.parse(padding));
        for (int levels : new int[] {3, 1000000}) { // many ties, hardly any
            Random64 random = new Random64(1, levels);
            int rows = 3, size = rows * w.positions() * w.channels();
            float[] x = new float[rows * w.inSize()],
                    y = new float[size],
                    dx = new float[x.length],
                    dy = new float[size];
            for (int i = 0; i < x.length; i++) x[i] = random.nextInt(levels) - levels / 2f;
            x[1] = Float.MIN_VALUE;
            for (int i = 0; i < size; i++) dy[i] = 1 + random.nextInt(100);
            float[] wantedY = new float[size], wantedDx = new float[x.length];
            plain(w, x, wantedY, dy, wantedDx);
            MaxPool pool = new MaxPool(w, 4, new Binder(4));
            pool.forward(rows, x, y);
            pool.backward(rows, dy, dx);
            assertArrayEquals(wantedY, y);
            assertArrayEquals(wantedDx, dx);
        }
    }

    @ParameterizedTest
    @CsvSource({"valid", "same"})
    void letsNanAndInfinityWin(String padding) {
        SlidingWindow w =
                SlidingWindow.of("test", new Shape(5, 5, 17), Size2d.of(2), Size2d.of(2), Padding.parse(padding));
        MaxPool pool = new MaxPool(w, 1, new Binder(1));
        float[] y = new float[w.positions() * 17], dx = new float[w.inSize()];
        for (int at : new int[] {0, 1, 5, 6})
            for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                float[] x = new float[w.inSize()];
                x[at * 17 + 3] = value;
                pool.forward(1, x, y);
                pool.backward(1, y, dx);
                assertEquals(value, y[3]);
                assertEquals(0, y[2]);
            }
        float[] x = new float[w.inSize()];
        java.util.Arrays.fill(x, Float.NEGATIVE_INFINITY);
        pool.forward(1, x, y);
        assertEquals(Float.NEGATIVE_INFINITY, y[3]);
    }

    private static void plain(SlidingWindow w, float[] x, float[] y, float[] dy, float[] dx) {
        for (int i = 0; i < y.length; i++) {
            int c = i % w.channels(), place = i / w.channels(), row = place / w.positions(), best = -1;
            int top = place % w.positions() / w.outWidth() * w.strideHeight() - w.padTop();
            int left = place % w.outWidth() * w.strideWidth() - w.padLeft();
            for (int iy = Math.max(0, top); iy < Math.min(w.inHeight(), top + w.height()); iy++) {
                for (int ix = Math.max(0, left); ix < Math.min(w.inWidth(), left + w.width()); ix++) {
                    int at = ((row * w.inHeight() + iy) * w.inWidth() + ix) * w.channels() + c;
                    if (best < 0 || x[at] > x[best]) best = at;
                }
            }
            y[i] = x[best];
            dx[best] += dy[i];
        }
    }
}
