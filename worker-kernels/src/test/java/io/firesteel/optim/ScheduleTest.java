package io.firesteel.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.optim.Schedule.Constant;
import io.firesteel.optim.Schedule.Cosine;
import io.firesteel.optim.Schedule.Exponential;
import io.firesteel.optim.Schedule.Step;
import io.firesteel.optim.Schedule.WarmUp;
import org.junit.jupiter.api.Test;

/** Rates worked out by hand; steps count from 0. */
class ScheduleTest {
    @Test
    void constant() {
        assertRates(new Constant(0.3), 0, 0.3, 1_000_000, 0.3);
    }

    @Test
    void stepMultipliesEverySoManySteps() {
        assertRates(new Step(0.8, 10, 0.5), 0, 0.8, 9, 0.8, 10, 0.4, 19, 0.4, 20, 0.2, 39, 0.1);
    }

    @Test
    void exponentialIsTheSameSmoothly() {
        assertRates(new Exponential(0.8, 10, 0.25), 0, 0.8, 5, 0.4, 10, 0.2, 20, 0.05);
    }

    @Test
    void cosineFallsToTheLastRateAndStaysThere() {
        assertRates(new Cosine(1, 90, 0), 0, 1, 30, 0.75, 45, 0.5, 60, 0.25, 90, 0, 1000, 0);
        assertRates(new Cosine(0.5, 100, 0.1), 0, 0.5, 50, 0.3, 100, 0.1, 101, 0.1);
    }

    @Test
    void warmUpRisesInALineAndThenStartsTheOther() {
        WarmUp warmUp = new WarmUp(4, new Step(0.8, 2, 0.5));
        assertRates(warmUp, 0, 0.2, 1, 0.4, 2, 0.6, 3, 0.8, 4, 0.8, 5, 0.8, 6, 0.4, 8, 0.2);
    }

    @Test
    void settingsThatAreNotPositiveAreRefused() {
        assertEquals(
                "rate is above 0, got 0.0",
                assertThrows(IllegalArgumentException.class, () -> new Constant(0))
                        .getMessage());
        assertEquals(
                "every is above 0, got 0.0",
                assertThrows(IllegalArgumentException.class, () -> new Step(1, 0, 0.5))
                        .getMessage());
        assertEquals(
                "steps is above 0, got -1.0",
                assertThrows(IllegalArgumentException.class, () -> new WarmUp(-1, new Constant(1)))
                        .getMessage());
    }

    /** Pairs of step and rate. */
    private static void assertRates(Schedule schedule, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2)
            assertEquals(pairs[i + 1], schedule.rate((long) pairs[i]), 1e-12, schedule + " at " + pairs[i]);
    }
}
