package io.firesteel.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.optim.Schedule.AdaScale;
import org.junit.jupiter.api.Test;

class AdaScaleTest {
    private final AdaScale scale = new AdaScale(32, new Schedule.Step(0.4, 100, 0.5));

    @Test
    void allNoiseGainsTheWholeFactorAndNoNoiseGainsNothing() {
        assertEquals(8, scale.gain(5, 0, 256));
        assertEquals(8, scale.gain(5, -0.1, 256)); // an estimate below zero
        assertEquals(1, scale.gain(0, 3, 256));
        assertEquals(1, scale.gain(5, 3, 32));
        assertEquals(0.5, scale.gain(5, 0, 16)); // a smaller batch
        assertEquals(1, scale.gain(0, 0, 256)); // nothing known
    }

    /** With r = B_simple / B0 the gain is (r + 1) / (r B0/B + 1). */
    @Test
    void betweenThemTheGainFollowsTheNoiseScale() {
        assertEquals(2.0 / (1.0 / 8 + 1), scale.gain(64, 2, 256), 1e-12); // B_simple = 32
        double before = 1;
        for (double noise = 1; noise < 1e6; noise *= 2) {
            assertTrue(scale.gain(noise, 1, 256) > before);
            before = scale.gain(noise, 1, 256);
        }
    }

    @Test
    void theScheduleMovesOnByTheGain() {
        assertEquals(4 * 0.4, scale.rate(99.9, 4));
        assertEquals(4 * 0.2, scale.rate(100, 4));
    }

    @Test
    void averagesForgetInTheTimeOfTheBaseBatch() {
        assertEquals(0.999, scale.keep(32), 1e-12);
        assertEquals(0.992, scale.keep(256), 1e-12);
        assertEquals(0, scale.keep(64_000));
    }

    @Test
    void itIsTheOutermostSchedule() {
        assertThrows(IllegalArgumentException.class, () -> new AdaScale(32, scale));
        assertEquals(
                "AdaScale stands inside WarmUp; let WarmUp be what AdaScale carries over",
                assertThrows(IllegalArgumentException.class, () -> new Schedule.WarmUp(5, scale))
                        .getMessage());
    }

    @Test
    void aBaseBatchIsAboveZero() {
        assertEquals(
                "baseBatch is above 0, got 0",
                assertThrows(IllegalArgumentException.class, () -> new AdaScale(0, new Schedule.Constant(1)))
                        .getMessage());
    }
}
