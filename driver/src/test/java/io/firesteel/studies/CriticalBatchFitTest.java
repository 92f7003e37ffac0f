package io.firesteel.studies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Random64;
import io.firesteel.studies.ScalingRegimes.Interval;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CriticalBatchFitTest {
    /** Fashion-MNIST to 15 %, 784-100-10: medians of five seeds, measured with numpy. */
    private static final int[] BATCHES = {16, 32, 64, 128, 256, 512, 1024, 2048, 4096};

    private static final double[] STEPS = {2180, 1096, 578, 388, 273, 235, 212, 201, 201};

    @Test
    void theReferenceHasACriticalBatchOf157() {
        CriticalBatchFit fit = CriticalBatchFit.of(measured(0, BATCHES.length));
        assertNull(fit.reason());
        assertEquals(157, fit.critical(), 1);
        assertEquals(182, fit.minSteps(), 1);
    }

    @Test
    void theReferenceShowsAllThreeRegimes() {
        TreeMap<Integer, Double> medians = new TreeMap<>();
        for (int i = 0; i < BATCHES.length; i++) medians.put(BATCHES[i], STEPS[i]);
        List<String> spans = ScalingRegimes.of(medians).spans().stream()
                .map((Interval s) -> s.regime() + " " + s.from() + " " + s.to())
                .toList();
        assertEquals(List.of("perfect 16 64", "diminishing 64 1024", "maximal 1024 4096"), spans);
    }

    @Test
    void aMedianThatScattersDoesNotCutARegimeInTwo() {
        double[] scattered = {2289, 1043, 607, 388, 260, 212, 212, 181, 181};
        TreeMap<Integer, Double> medians = new TreeMap<>();
        for (int i = 0; i < BATCHES.length; i++) medians.put(BATCHES[i], scattered[i]);
        ScalingRegimes regimes = ScalingRegimes.of(medians);
        assertEquals("maximal", "" + regimes.intervals().get(5).regime()); // 512 to 1024
        assertEquals("diminishing", "" + regimes.intervals().get(6).regime()); // 1024 to 2048
        assertEquals(
                List.of("perfect 16 32", "diminishing 32 2048", "maximal 2048 4096"),
                regimes.spans().stream()
                        .map(s -> s.regime() + " " + s.from() + " " + s.to())
                        .toList());
    }

    @Test
    void theLawItselfIsFoundExactly() {
        TreeMap<Integer, double[]> steps = new TreeMap<>();
        for (int batch = 8; batch <= 8192; batch *= 2) steps.put(batch, new double[] {50 * (1 + 300.0 / batch)});
        CriticalBatchFit fit = CriticalBatchFit.of(steps);
        assertEquals(300, fit.critical(), 0.01);
        assertEquals(50, fit.minSteps(), 0.001);
        assertEquals(0, fit.residual(), 1e-6);
    }

    @Test
    void intervalsHoldTheTruthUsually() {
        Random64 random = new Random64(4);
        int held = 0;
        for (int study = 0; study < 40; study++) {
            TreeMap<Integer, double[]> steps = new TreeMap<>();
            for (int batch = 8; batch <= 8192; batch *= 2) {
                double[] seeds = new double[5];
                for (int i = 0; i < 5; i++) seeds[i] = 50 * (1 + 300.0 / batch) * Math.exp(0.1 * random.nextGaussian());
                steps.put(batch, seeds);
            }
            CriticalBatchFit fit = CriticalBatchFit.of(steps);
            if (fit.criticalLow() < 300 && 300 < fit.criticalHigh()) held++;
        }
        assertTrue(held >= 32, held + " of 40");
    }

    @Test
    void aRangeThatIsTooNarrowGivesAReasonAndNoFit() {
        assertEquals(
                "the smallest batch, 128, is not below a third of the critical batch of about 162",
                CriticalBatchFit.of(measured(3, 9)).reason().replaceAll("about \\d+$", "about 162"));
        assertTrue(CriticalBatchFit.of(measured(0, 5))
                .reason()
                .startsWith("the largest batch, 256, is not above three times"));
        assertEquals(
                "3 batch sizes reached the goal, a fit needs 4",
                CriticalBatchFit.of(measured(0, 3)).reason());
    }

    @Test
    void aBatchWhoseMedianFailedIsLeftOut() {
        SortedMap<Integer, double[]> steps = measured(0, BATCHES.length);
        double failed = Double.POSITIVE_INFINITY;
        steps.put(8, new double[] {failed, failed, 10});
        assertEquals(157, CriticalBatchFit.of(steps).critical(), 1);
    }

    private static SortedMap<Integer, double[]> measured(int from, int to) {
        TreeMap<Integer, double[]> steps = new TreeMap<>();
        for (int i = from; i < to; i++) steps.put(BATCHES[i], new double[] {STEPS[i], STEPS[i], STEPS[i]});
        return steps;
    }
}
