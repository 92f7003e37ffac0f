package io.firesteel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.op.Binder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitTest {
    private static final int SIZE = 100_000, FAN_IN = 50, FAN_OUT = 30, AT = 7;

    @Test
    void heHasVarianceGainOverFanIn() {
        assertMoments(2.0 / FAN_IN, filled(new Init.He()));
        assertMoments(1.0 / FAN_IN, filled(new Init.He(1)));
    }

    @Test
    void xavierIsUniformWithVarianceTwoOverBothFans() {
        float[] values = filled(new Init.Xavier());
        assertMoments(2.0 / (FAN_IN + FAN_OUT), values);
        double limit = Math.sqrt(6.0 / (FAN_IN + FAN_OUT));
        for (float value : values) assertTrue(Math.abs(value) <= limit);
    }

    @Test
    void normalHasTheGivenDeviation() {
        assertMoments(0.3 * 0.3, filled(new Init.Normal(0.3)));
    }

    @Test
    void zerosAreZero() {
        assertArrayEquals(new float[SIZE], filled(new Init.Zeros()));
    }

    @Test
    void constantsAreTheGivenNumber() {
        float[] wanted = new float[SIZE];
        Arrays.fill(wanted, 0.5f);
        assertArrayEquals(wanted, filled(new Init.ConstantValue(0.5)));
    }

    @Test
    void aTruncatedNormalHasNothingBeyondTwoDeviations() {
        float[] values = filled(new Init.TruncatedNormal(0.3));
        assertMoments(0.773741 * 0.3 * 0.3, values); // variance of a normal distribution cut at two deviations
        for (float value : values) assertTrue(Math.abs(value) <= 0.6f);
    }

    @Test
    void theShorterSideOfAnOrthogonalMatrixIsOrthogonal() {
        for (int[] sides : new int[][] {{7, 5}, {5, 7}, {6, 6}}) {
            int in = sides[0], out = sides[1], count = Math.min(in, out);
            float[] w = new float[in * out];
            new Init.Orthogonal(2).fill(w, 0, w.length, in, 99, new Random64(1));
            for (int a = 0; a < count; a++)
                for (int b = 0; b < count; b++) {
                    double dot = 0;
                    for (int i = 0; i < Math.max(in, out); i++)
                        dot += in < out ? w[a * out + i] * w[b * out + i] : w[i * out + a] * w[i * out + b];
                    assertEquals(a == b ? 4 : 0, dot, 1e-5);
                }
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Init.He(0));
        assertThrows(IllegalArgumentException.class, () -> new Init.Normal(-1));
        assertThrows(IllegalArgumentException.class, () -> new Init.Normal(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Init.TruncatedNormal(-1));
        assertThrows(IllegalArgumentException.class, () -> new Init.ConstantValue(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Init.Orthogonal(0));
    }

    @Test
    void firstValuesAreAFunctionOfTheSeedAndTheSlicesPlace() {
        ParamSlice first = new ParamSlice("0/w", 0, new Shape(50), ParamSlice.Role.WEIGHT, new Init.He(), 5, 5);
        ParamSlice second = new ParamSlice("1/w", 50, new Shape(60), ParamSlice.Role.WEIGHT, new Init.He(), 5, 5);
        ParamSlice shorter = new ParamSlice("0/w", 0, new Shape(20), ParamSlice.Role.WEIGHT, new Init.He(), 5, 5);
        ParamSlice moved = new ParamSlice("1/w", 20, new Shape(60), ParamSlice.Role.WEIGHT, new Init.He(), 5, 5);
        ParamLayout layout = new ParamLayout(List.of(first, second));
        float[] values = layout.init(3);
        assertArrayEquals(values, layout.init(3));
        assertFalse(Arrays.equals(values, layout.init(4)));
        assertFalse(Arrays.equals(Arrays.copyOf(values, 50), Arrays.copyOfRange(values, 50, 100)), "slices differ");
        float[] other = new ParamLayout(List.of(shorter, moved)).init(3);
        assertArrayEquals(
                Arrays.copyOfRange(values, 50, 110), Arrays.copyOfRange(other, 20, 80), "another slice's size");
    }

    @Test
    void aLayersFansAreTheInputsAndOutputsThatMeet() {
        Binder binder = new Binder(0);
        new Dense(30).bind(new Shape(50), binder);
        new Conv2d(8, 3).bind(new Shape(6, 6, 4), binder);
        assertEquals(
                List.of(50, 50, 36, 36),
                binder.layout().params().stream().map(ParamSlice::fanIn).toList());
        assertEquals(
                List.of(30, 30, 72, 72),
                binder.layout().params().stream().map(ParamSlice::fanOut).toList());
    }

    private static float[] filled(Init init) {
        ParamSlice param = new ParamSlice("w", AT, new Shape(SIZE), ParamSlice.Role.WEIGHT, init, FAN_IN, FAN_OUT);
        float[] vector = new float[SIZE + 2 * AT];
        Arrays.fill(vector, 9);
        param.fill(vector, new Random64(1));
        for (int i = 0; i < AT; i++) assertTrue(vector[i] == 9 && vector[AT + SIZE + i] == 9, "only the slice");
        return Arrays.copyOfRange(vector, AT, AT + SIZE);
    }

    private static void assertMoments(double variance, float[] values) {
        double mean = 0, squares = 0;
        for (float value : values) {
            mean += value / (double) SIZE;
            squares += (double) value * value / SIZE;
        }
        double deviation = Math.sqrt(variance);
        assertEquals(0, mean, 4 * deviation / Math.sqrt(SIZE));
        assertEquals(1, squares / variance, 0.02);
    }
}
