package io.firesteel.internal.kernel.dense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Random64;
import io.firesteel.internal.kernel.Allocations;
import io.firesteel.op.Binder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The products of a dense layer are those of the plain loop, whoever computes them. */
class DenseProductTest {
    private static final int W = 5; // the weights' place in their vector

    @ParameterizedTest
    @CsvSource({"0,4,70", "1,1,1", "3,7,5", "4,33,64", "64,700,500", "128,65,64", "130,40,70", "2,5000,100", "200,17,10"
    })
    void agreeWithThePlainLoopAndKeepTheirBits(int rows, int n, int units) {
        float[] x = gaussians(1, rows * n), params = gaussians(2, W + n * units), y = gaussians(3, rows * units);
        float[] dy = y.clone(), dx = new float[rows * n], first = y.clone(), again = y.clone(), dxAgain = dx.clone();
        DenseProduct product = new DenseProduct(n, units, rows, new Binder(rows));
        product.forward(rows, x, params, W, first);
        product.backward(rows, dy, params, W, dx);
        close(wantedY(rows, n, units, x, params, y), first);
        close(wantedDx(rows, n, units, dy, params), dx);

        DenseProduct larger = new DenseProduct(n, units, rows + 7, new Binder(rows + 7));
        larger.forward(rows, x, params, W, again);
        larger.backward(rows, dy, params, W, dxAgain);
        assertArrayEquals(first, again);
        assertArrayEquals(dx, dxAgain);
    }

    @ParameterizedTest
    @CsvSource({"64,700,500", "9,30,10"})
    void allocateNothing(int rows, int n, int units) {
        float[] x = gaussians(1, rows * n), params = gaussians(2, W + n * units), y = gaussians(3, rows * units);
        DenseProduct product = new DenseProduct(n, units, rows, new Binder(rows));
        assertEquals(
                0,
                Allocations.least(() -> {
                    product.forward(rows, x, params, W, y);
                    product.backward(rows, y, params, W, x);
                }),
                "bytes");
    }

    private static float[] wantedY(int rows, int n, int units, float[] x, float[] params, float[] y) {
        float[] wanted = new float[rows * units];
        for (int i = 0; i < wanted.length; i++) {
            double sum = y[i];
            for (int k = 0; k < n; k++) sum += (double) x[i / units * n + k] * params[W + k * units + i % units];
            wanted[i] = (float) sum;
        }
        return wanted;
    }

    private static float[] wantedDx(int rows, int n, int units, float[] dy, float[] params) {
        float[] wanted = new float[rows * n];
        for (int i = 0; i < wanted.length; i++) {
            double sum = 0;
            for (int k = 0; k < units; k++) sum += (double) dy[i / n * units + k] * params[W + i % n * units + k];
            wanted[i] = (float) sum;
        }
        return wanted;
    }

    private static void close(float[] wanted, float[] found) {
        float largest = 0;
        for (float value : wanted) largest = Math.max(largest, Math.abs(value));
        assertArrayEquals(wanted, found, 1e-5f * largest);
    }

    private static float[] gaussians(long seed, int size) {
        Random64 random = new Random64(seed, size);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
        return values;
    }
}
