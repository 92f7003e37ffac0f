package io.firesteel.internal.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhaseTimesTest {
    private static final double HOUR = 3600;

    @Test
    void aJobIsCutIntoWhatItsSlowestTaskDidAndTheRest() {
        Map<String, Double> seconds = job(TaskTime.clock() - 0.7, 0.1);
        assertEquals(0.3, seconds.get("schedule"), 0.02);
        assertEquals(0.2, seconds.get("fetch"));
        assertEquals(0.25, seconds.get("compute"));
        assertEquals(0.1, seconds.get("serialize"));
        assertEquals(0.15, seconds.get("wait"), 0.02);
    }

    @Test
    void clocksThatDisagreeMoveTimeBetweenPhasesAndLoseNone() {
        for (double wrong : new double[] {-HOUR, HOUR}) {
            Map<String, Double> seconds = job(TaskTime.clock() + wrong, 5);
            assertEquals(
                    1,
                    List.of("schedule", "fetch", "compute", "serialize", "wait").stream()
                            .mapToDouble(seconds::get)
                            .sum(),
                    0.02);
            seconds.forEach((phase, each) -> assertTrue(each >= 0, phase));
        }
    }

    /** A job of a second, whose slower task fetched for 0.2 and computed for 0.25. */
    private static Map<String, Double> job(double begun, double serialize) {
        PhaseTimes phases = new PhaseTimes();
        phases.job(
                List.of(
                        new TaskTime("a", 0, 1, begun, 0.2, 0.25, serialize, 0),
                        new TaskTime("b", 1, 2, begun, 0.1, 0.1, 0, 0)),
                System.nanoTime() - 1_000_000_000L);
        return phases.seconds();
    }
}
