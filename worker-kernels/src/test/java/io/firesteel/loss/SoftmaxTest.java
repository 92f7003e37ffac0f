package io.firesteel.loss;

import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.floats;
import static io.firesteel.Numbers.gaussians;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
    private static final Loss LOSS = new SoftmaxCrossEntropy();

    @Test
    void equalOutputsCostTheLogarithmOfTheClasses() {
        assertClose("loss", Math.log(4), LOSS.apply(1, 4, 1, floats(7, 7, 7, 7), floats(2), null), 1e-12);
    }

    @Test
    void outputsFarApartNeitherOverflowNorVanish() {
        float[] dy = new float[3];
        assertEquals(2e30, LOSS.apply(1, 3, 1, floats(1e30, -1e30, 0), floats(1), dy), 1e24);
        assertClose("dy", floats(1, -1, 0), dy, 0);
        assertEquals(0, LOSS.apply(1, 3, 1, floats(1e30, -1e30, 0), floats(0), dy));
        assertClose("dy", floats(0, 0, 0), dy, 0);
    }

    @Test
    void predictionsAreProbabilities() {
        float[] y = gaussians(1, 5 * 4);
        LOSS.predict(5, 4, y);
        for (int r = 0; r < 5; r++)
            assertClose("row " + r, 1, y[4 * r] + y[4 * r + 1] + y[4 * r + 2] + y[4 * r + 3], 1e-6);
    }

    @Test
    void theGradientOfARowSumsToZero() {
        float[] dy = new float[5 * 4];
        LOSS.apply(5, 4, 1, gaussians(1, 5 * 4), floats(0, 1, 2, 3, 0), dy);
        for (int r = 0; r < 5; r++)
            assertClose("row " + r, 0, dy[4 * r] + dy[4 * r + 1] + dy[4 * r + 2] + dy[4 * r + 3], 1e-6);
    }
}
