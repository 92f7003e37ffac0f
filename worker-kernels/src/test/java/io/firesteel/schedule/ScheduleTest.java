package io.firesteel.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
    void polynomialFallsToTheLastRateAndStaysThere() {
        assertRates(new Polynomial(1.0, 10L, 2, 0), 0, 1, 5, 0.25, 10, 0, 11, 0);
        assertRates(new Polynomial(1.0, 10L, 1, 0.5), 0, 1, 5, 0.75, 10, 0.5);
    }

    @Test
    void oneCycleRisesAndFalls() {
        OneCycle cycle = new OneCycle(1.0, 11L, 0.5, 10, 100);
        assertRates(cycle, 0, 0.1, 10, 0.001, 20, 0.001);
        assertRates(new OneCycle(1.0, 21L, 2 / 3.0, 4, 100), 13, 1);
        assertRates(new OneCycle(1.0, 1L, 0.3, 4, 100), 0, 0.0025);
    }

    @Test
    void aSequenceBeginsEachAtItsMilestone() {
        Sequence sequence = new Sequence(List.of(new Constant(0.3), new Step(0.8, 10, 0.5)), List.of(5L));
        assertRates(sequence, 0, 0.3, 4, 0.3, 5, 0.8, 14, 0.8, 15, 0.4);
        Schedule open = new Sequence(List.of(new Cosine(0.4), new Cosine(0.2)), List.of(30L));
        assertEquals(
                new Sequence(List.of(new Cosine(0.4, 30, 0), new Cosine(0.2, 70, 0)), List.of(30L)), open.over(100, 8));
        assertEquals(
                "2 schedules take 1 milestones, got 0",
                assertThrows(IllegalArgumentException.class, () -> new Sequence(sequence.schedules(), List.of()))
                        .getMessage());
    }

    @Test
    void settingsThatAreNotPositiveAreRefused() {
        assertEquals(
                "learningRate is above 0, got 0.0",
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

    @Test
    void aLengthThatIsNotGivenIsTheRuns() {
        Schedule open = new Cosine(0.4);
        assertEquals(new Cosine(0.4, 100, 0), open.over(100, 8));
        assertEquals(new Cosine(0.4, 100, 0), new Cosine(0.4, 100, 0).over(7, 8)); // given ones stay
        assertEquals(new WarmUp(30, new Cosine(0.4, 70, 0)), new WarmUp(30, open).over(100, 8));
        assertEquals(new WarmUp(30, new Cosine(0.4, 1, 0)), new WarmUp(30, open).over(20, 8)); // never reached
        assertEquals(new AdaScale(4, new Cosine(0.4, 200, 0)), new AdaScale(4, open).over(100, 8)); // as many rows
        assertEquals(
                new AdaScale(4, new WarmUp(30, new Cosine(0.4, 170, 0))),
                new AdaScale(4, new WarmUp(30, open)).over(100, 8));
    }

    @Test
    void everyScheduleTakesALearningRateAndSaysIt() {
        for (Schedule schedule : new Schedule[] {
            new Constant(null),
            new Step(null, 10, 0.5),
            new Exponential(null, 10, 0.5),
            new Cosine(null, 90L, 0.01),
            new Polynomial(null, 90L, 2, 0.01),
            new OneCycle(null, 90L, 0.3, 10, 100),
            new Sequence(List.of(new Constant(null), new Cosine(null, 9L, 0)), List.of(5L)),
            new WarmUp(4, new Constant(null)),
            new AdaScale(8, new WarmUp(4, new Constant(null)))
        }) {
            assertNull(schedule.learningRate());
            assertEquals(
                    0.4, schedule.withLearningRate(0.2).withLearningRate(0.4).learningRate());
        }
    }

    /** Pairs of step and rate. */
    private static void assertRates(Schedule schedule, double... pairs) {
        for (int i = 0; i < pairs.length; i += 2)
            assertEquals(pairs[i + 1], schedule.rate((long) pairs[i]), 1e-12, schedule + " at " + pairs[i]);
    }
}
