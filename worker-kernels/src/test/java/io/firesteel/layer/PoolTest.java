package io.firesteel.layer;

import static io.firesteel.Numbers.floats;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.firesteel.Bound;
import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import org.junit.jupiter.api.Test;

/** What the gradient checks cannot see: equals, NaN, and padding beside negative numbers. */
class PoolTest {
    private static Bound pool(Layer layer, int height, int width, float... x) {
        Bound pool = new Bound(layer, new Shape(height, width, 1), 1);
        Bound.set(pool.x, x);
        pool.forward();
        return pool;
    }

    private static float[] inputGradient(Bound pool, float... dy) {
        Bound.set(pool.dy, dy);
        pool.backward();
        return pool.dx;
    }

    @Test
    void theFirstOfEqualMaximaGetsTheGradient() {
        Bound pool = pool(new MaxPool2d(2), 2, 2, 1, 4, 4, 4);
        assertArrayEquals(floats(4), pool.y);
        assertArrayEquals(floats(0, 3, 0, 0), inputGradient(pool, 3));
    }

    @Test
    void overlappingWindowsAddUpAtASharedMaximum() {
        Bound pool = pool(new MaxPool2d(Size2d.parse("1x2"), Size2d.of(1), Padding.VALID), 1, 3, 1, 7, 2);
        assertArrayEquals(floats(7, 7), pool.y);
        assertArrayEquals(floats(0, 8, 0), inputGradient(pool, 3, 5));
    }

    @Test
    void paddingNeverWinsAMaximumAndCountsAsZeroInAMean() {
        assertArrayEquals(
                floats(-1, -2, -3, -4),
                pool(new MaxPool2d(Size2d.of(2), Size2d.of(2), Padding.of(1)), 2, 2, -1, -2, -3, -4).y);
        assertArrayEquals(
                floats(-0.25, -0.5, -0.75, -1),
                pool(new AveragePool2d(Size2d.of(2), Size2d.of(2), Padding.of(1)), 2, 2, -1, -2, -3, -4).y);
    }

    @Test
    void notANumberWins() {
        for (int place = 0; place < 4; place++) {
            float[] x = floats(1, 2, 3, 4);
            x[place] = Float.NaN;
            assertArrayEquals(floats(Double.NaN), pool(new MaxPool2d(2), 2, 2, x).y, "NaN at " + place);
        }
    }
}
