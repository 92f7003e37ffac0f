package io.firesteel.optim;

import static io.firesteel.Numbers.gaussians;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Floats;
import io.firesteel.array.ParamSlice.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What LARS and LAMB are for: a layer's weights move by a share of their own length. Their values are checked by
 * GoldenTest.
 */
class LayerwiseTest {
    private static final int N = 37;
    private static final float RATE = 0.25f;

    @ParameterizedTest
    @ValueSource(floats = {1e-4f, 1, 1e4f})
    void aStepsLengthIsTheSameShareOfTheWeightsWhateverTheGradientsLength(float scale) {
        float[] w = gaussians(1, N), g = gaussians(2, N);
        Floats.scale(g, scale, 0, N);
        assertEquals(RATE * 0.02 * length(w), moved(new Lars(0, 0.02), w, g, 0, N, 0), 1e-6);
        assertEquals(RATE * length(w), moved(new Lamb(0.9, 0.999, 1e-12), w, g, 0, N, 0.1f), 1e-5);
    }

    @Test
    void theDecayIsPartOfTheLengthThatLarsDividesBy() {
        float[] w = gaussians(1, N), g = w.clone(); // one direction: |g| + decay |w| is the length of g + decay w
        assertEquals(RATE * 0.02 * length(w), moved(new Lars(0, 0.02), w, g, 0, N, 0.5f), 1e-6);
    }

    @Test
    void nothingOutsideTheSliceIsReadOrChanged() {
        for (Optimizer optimizer : new Optimizer[] {new Lars(0.9, 0.02), new Lars(0, 0.02), new Lamb()}) {
            float[] g = gaussians(2, N), w = gaussians(1, N), other = w.clone();
            float[][] slots = new float[optimizer.slots()][N], otherSlots = new float[optimizer.slots()][N];
            other[2] = 1e20f;
            optimizer.step(w, g, slots, 3, 20, RATE, 0.1f, 1);
            optimizer.step(other, g, otherSlots, 3, 20, RATE, 0.1f, 1);
            assertEquals(1e20f, other[2]);
            other[2] = w[2];
            assertArrayEquals(w, other);
            for (int i = 0; i < N; i++)
                assertEquals(i >= 3 && i < 20, w[i] != gaussians(1, N)[i], optimizer + " w[" + i + "]");
        }
    }

    @Test
    void weightsThatAreZeroTakeThePlainStep() {
        float[] zeros = new float[N], g = gaussians(2, N);
        assertEquals(RATE * length(g), moved(new Lars(0, 0.02), zeros, g, 0, N, 0), 1e-5);
        assertEquals(moved(new Adam(0.9, 0.999, 1e-6), zeros, g, 0, N, 0), moved(new Lamb(), zeros, g, 0, N, 0), 1e-5);
    }

    @Test
    void biasesTakeTheStepOfSgdOrAdamInTheSameSlots() {
        assertEquals(new Sgd(0.8, false), new Lars(0.8, 0.02).on(Role.BIAS));
        assertEquals(new Adam(0.8, 0.9, 1e-6), new Lamb(0.8, 0.9, 1e-6).on(Role.BIAS));
        for (Optimizer optimizer : new Optimizer[] {new Lars(), new Lars(0, 1), new Lamb()}) {
            assertEquals(optimizer.slots(), optimizer.on(Role.BIAS).slots());
            assertEquals(optimizer, optimizer.on(Role.WEIGHT));
        }
    }

    /** How far one step takes w[from, to). */
    private static double moved(Optimizer optimizer, float[] w, float[] g, int from, int to, float decay) {
        float[] after = w.clone();
        optimizer.step(after, g, new float[optimizer.slots()][w.length], from, to, RATE, decay, 1);
        for (int i = 0; i < w.length; i++) after[i] -= w[i];
        return length(after);
    }

    private static double length(float[] v) {
        return Math.sqrt(Floats.squares(v, 0, v.length));
    }
}
