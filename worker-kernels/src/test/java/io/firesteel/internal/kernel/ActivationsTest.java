package io.firesteel.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.FastExp;
import io.firesteel.array.Floats;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Activations are within 1e-6 of the functions they are named after, over all floats: relative to the result, or to x
 * where they are x times a gate.
 */
class ActivationsTest {
    private static final int STEP = 1013; // of the bits of a float: four million of them
    private static final int BLOCK = 1 << 14;

    private interface Kernel {
        void apply(int n, float[] x, float[] y);
    }

    private static void accurate(Kernel kernel, DoubleUnaryOperator wanted, float from, float to) {
        accurate(kernel, wanted, x -> Math.abs(wanted.applyAsDouble(x)), from, to);
    }

    private static void accurate(
            Kernel kernel, DoubleUnaryOperator wanted, DoubleUnaryOperator scale, float from, float to) {
        float[] x = new float[BLOCK], y = new float[BLOCK];
        int n = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STEP) {
            float value = Float.intBitsToFloat((int) bits);
            if (value >= from && value <= to) x[n++] = value;
            if (n < BLOCK && bits + STEP <= Integer.MAX_VALUE) continue;
            kernel.apply(n, x, y);
            for (int i = 0; i < n; i++) {
                double exact = wanted.applyAsDouble(x[i]), error = Math.abs(y[i] - exact);
                assertTrue(
                        error <= 1e-6 * scale.applyAsDouble(x[i]) || error < Float.MIN_NORMAL,
                        x[i] + ": found " + y[i] + ", wanted " + exact);
            }
            n = 0;
        }
    }

    @Test
    void exponential() {
        accurate(
                (n, x, y) -> {
                    for (int i = 0; i < n; i++) y[i] = FastExp.of(x[i]);
                },
                Math::exp,
                Float.NEGATIVE_INFINITY,
                0);
    }

    @Test
    void sigmoid() {
        accurate(Activations::sigmoid, x -> 1 / (1 + Math.exp(-x)), Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    @Test
    void tanh() {
        accurate(Activations::tanh, Math::tanh, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    @Test
    void elu() {
        accurate(
                (n, x, y) -> Activations.elu(n, 0.5f, x, y),
                x -> x > 0 ? x : 0.5 * Math.expm1(x),
                Float.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY);
    }

    @Test
    void softplus() {
        accurate(
                Activations::softplus,
                x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
                Float.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY);
    }

    @Test
    void silu() {
        gated(GatedActivations::silu, x -> 1 / (1 + Math.exp(-x)));
    }

    @Test
    void gelu() {
        gated(GatedActivations::gelu, ActivationsTest::normal);
    }

    @Test
    void geluTanh() {
        gated(
                GatedActivations::geluTanh,
                x -> 0.5 + 0.5 * Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    private static void gated(Kernel kernel, DoubleUnaryOperator gate) {
        accurate(kernel, x -> x * gate.applyAsDouble(x), Math::abs, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** The normal distribution function, as Marsaglia 2004 sums it. */
    private static double normal(double x) {
        if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
        double sum = 0, term = x;
        for (int k = 3; sum != sum + term; k += 2) {
            sum += term;
            term *= x * x / k;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    @Test
    void softmaxOfLargeNumbersAddsUpToOne() {
        float[] x = {1000, 999, -1000, 3, 3, 3}, y = new float[6];
        SoftmaxRows.forward(2, 3, x, y);
        double e = Math.exp(-1);
        assertArrayEquals(
                new float[] {(float) (1 / (1 + e)), (float) (e / (1 + e)), 0, 1 / 3f, 1 / 3f, 1 / 3f}, y, 1e-6f);
    }

    @Test
    void limitsAndNan() {
        float[] x = {Float.NEGATIVE_INFINITY, 0, Float.POSITIVE_INFINITY, Float.NaN}, y = new float[4];
        Activations.sigmoid(4, x, y);
        assertArrayEquals(new float[] {0, 0.5f, 1, Float.NaN}, y);
        Activations.tanh(4, x, y);
        assertArrayEquals(new float[] {-1, 0, 1, Float.NaN}, y);
        Activations.softplus(4, x, y);
        assertArrayEquals(new float[] {0, (float) Math.log(2), Float.POSITIVE_INFINITY, Float.NaN}, y, 1e-7f);
        Activations.elu(4, 2, x, y);
        assertArrayEquals(new float[] {-2, 0, Float.POSITIVE_INFINITY, Float.NaN}, y);
        Activations.leakyRelu(4, 0.5f, x, y);
        assertArrayEquals(new float[] {Float.NEGATIVE_INFINITY, 0, Float.POSITIVE_INFINITY, Float.NaN}, y);
        assertEquals(1, FastExp.of(0));
        assertEquals(Float.NaN, FastExp.of(Float.NaN));
    }

    @Test
    void reluBackwardPassesWhereTheOutputIsAboveZero() {
        float[] y = {0, Float.MIN_VALUE, Float.MIN_NORMAL, 1, Float.MAX_VALUE, Float.POSITIVE_INFINITY},
                dx = new float[6];
        Activations.reluBackward(6, y, new float[] {3, 3, 3, 3, 3, 3}, dx);
        assertArrayEquals(new float[] {0, 3, 3, 3, 3, 3}, dx);
    }

    @Test
    void firstNonFiniteIsFoundAnywhere() {
        float[] v = new float[40];
        java.util.Arrays.fill(v, -Float.MAX_VALUE);
        assertEquals(-1, Floats.firstNonFinite(v, 0, 40));
        for (int at = 0; at < 40; at++) {
            v[at] = at % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
            assertEquals(at, Floats.firstNonFinite(v, 0, 40));
            assertEquals(at, Floats.firstNonFinite(v, at, at + 1));
            assertEquals(-1, Floats.firstNonFinite(v, at + 1, 40));
            assertEquals(-1, Floats.firstNonFinite(v, 0, at));
            v[at] = 1;
        }
    }
}
