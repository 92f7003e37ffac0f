package io.firesteel.internal.kernel.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.array.Random64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WinogradMatricesTest {
    private static final int LANES = 5;

    @ParameterizedTest
    @CsvSource({"4, 3", "2, 5", "4, 5", "6, 3", "5, 4", "3, 4"})
    void oneProductAPointMakesTheCorrelation(int m, int r) {
        WinogradMatrices maps = new WinogradMatrices(m, r);
        int n = m + r - 1;
        assertEquals(n, maps.points);
        Random64 random = new Random64(2, m, r);
        float[][] x = gaussians(random, n), w = gaussians(random, r), y = new float[m][LANES];
        float[][] products = apply(maps.data, x), weights = apply(maps.weights, w);
        for (int k = 0; k < n; k++) for (int l = 0; l < LANES; l++) products[k][l] *= weights[k][l];
        maps.outputs.adjoint(products, 0, 1, y, 0, 1, LANES);
        for (int i = 0; i < m; i++) {
            float[] wanted = new float[LANES];
            for (int k = 0; k < r; k++) for (int l = 0; l < LANES; l++) wanted[l] += x[i + k][l] * w[k][l];
            assertArrayEquals(wanted, y[i], 2e-5f, "y" + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 3", "4, 5"})
    void aMapAndItsAdjointHaveTheSameInnerProducts(int m, int r) {
        WinogradMatrices maps = new WinogradMatrices(m, r);
        for (WinogradTransform map : new WinogradTransform[] {maps.data, maps.weights, maps.outputs}) {
            Random64 random = new Random64(3, m, r, map.inputs);
            float[][] x = gaussians(random, map.inputs),
                    v = gaussians(random, map.points),
                    back = new float[map.inputs][LANES];
            double there = inner(apply(map, x), v);
            map.adjoint(v, 0, 1, back, 0, 1, LANES);
            assertEquals(there, inner(x, back), 1e-4 * Math.abs(there));
        }
    }

    @Test
    void otherNumbersOfPointsAreRefused() {
        assertEquals(
                "found 7 points for 3 outputs of a kernel of 5, wanted 6 or 8",
                assertThrows(IllegalArgumentException.class, () -> new WinogradMatrices(3, 5))
                        .getMessage());
    }

    private static float[][] apply(WinogradTransform map, float[][] x) {
        float[][] values = new float[map.points][LANES];
        map.apply(x, 0, 1, values, 0, 1, new float[LANES], LANES);
        return values;
    }

    private static double inner(float[][] a, float[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) for (int l = 0; l < LANES; l++) sum += (double) a[i][l] * b[i][l];
        return sum;
    }

    private static float[][] gaussians(Random64 random, int count) {
        float[][] values = new float[count][LANES];
        for (float[] lanes : values) for (int l = 0; l < LANES; l++) lanes[l] = (float) random.nextGaussian();
        return values;
    }
}
