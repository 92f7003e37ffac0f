package io.firesteel.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AdaScaleTest {
    private final AdaScale scale = new AdaScale(32, new Step(0.4, 100, 0.5));

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

    /** B_simple = B0 = 32, so a step of 256 rows is worth 16/9 of the base batch's. */
    @Test
    void theScheduleMovesOnByTheGain() {
        ScheduleState state = new ScheduleState();
        double gain = 2 / (1 + 1 / 8.0);
        int steps = 0;
        for (; state.steps < 100; steps++) assertEquals(gain * 0.4, scale.next(state, steps, 256, 64, 2), 1e-12);
        assertEquals(57, steps); // 100 / gain, upwards
        assertEquals(gain * 0.2, scale.next(state, steps, 256, 64, 2), 1e-12);
    }

    @Test
    void averagesBeginWithTheFirstStepThatIsMeasured() {
        ScheduleState state = new ScheduleState();
        assertEquals(0.4, scale.next(state, 0, 256, Double.NaN, Double.NaN));
        scale.next(state, 1, 256, 5, -1);
        assertEquals(5, state.trS);
        scale.next(state, 2, 256, Double.NaN, Double.NaN);
        assertEquals(5, state.trS);
        scale.next(state, 3, 256, 6, 9);
        assertEquals(0.992 * 5 + 0.008 * 6, state.trS, 1e-12);
        assertEquals(0.992 * -1 + 0.008 * 9, state.g2, 1e-12);
    }

    @Test
    void averagesForgetInTheTimeOfTheBaseBatch() {
        assertEquals(0.999, scale.beta(32), 1e-12);
        assertEquals(0.992, scale.beta(256), 1e-12);
        assertEquals(0, scale.beta(64_000));
    }

    @Test
    void othersGoByTheStepAlone() {
        ScheduleState state = new ScheduleState();
        Schedule step = new Step(0.4, 100, 0.5);
        assertEquals(0.4, step.next(state, 99, 256, 5, 1));
        assertEquals(0.2, step.next(state, 100, 256, 5, 1));
        assertEquals(0, state.steps);
    }

    @Test
    void itIsTheOutermostSchedule() {
        assertThrows(IllegalArgumentException.class, () -> new AdaScale(32, scale));
        assertEquals(
                "AdaScale stands inside WarmUp; let WarmUp be what AdaScale carries over",
                assertThrows(IllegalArgumentException.class, () -> new WarmUp(5, scale))
                        .getMessage());
    }

    @Test
    void aBaseBatchIsAboveZero() {
        assertEquals(
                "baseBatch is above 0, got 0",
                assertThrows(IllegalArgumentException.class, () -> new AdaScale(0, new Constant(1)))
                        .getMessage());
    }
}
