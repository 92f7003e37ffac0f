package io.firesteel.studies.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.studies.scaling.StepBenchmark.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Steps made from known prices. */
class StepCostModelTest {
    private static final double LATENCY = 0.004,
            TASK = 0.001,
            WIRE = 2e-9,
            ROW = 1e-5,
            PASS = 3e-4,
            ADD = 5e-10,
            UPDATE = 1e-9;
    private static final int FLOATS = 100_000;

    @Test
    void thePricesThatMadeTheStepsAreFound() {
        StepCostModel model = new StepCostModel(cells(1), empties());
        double[] wanted = {LATENCY, TASK, WIRE, ROW, PASS, ADD, UPDATE};
        for (int i = 0; i < wanted.length; i++)
            assertEquals(wanted[i], model.price(i), 1e-4 * wanted[i], StepCostModel.TERMS.get(i));
        StepOperations larger = work(64, 4096);
        assertEquals(seconds(larger), model.seconds(larger), 1e-4 * seconds(larger));
    }

    @Test
    void noPriceIsNegative() {
        List<MeasuredStep> cells = cells(1);
        Map<Integer, Double> empties = new TreeMap<>(Map.of(1, 0.01, 2, 0.004)); // a second task that saves time
        StepCostModel model = new StepCostModel(cells, empties);
        for (int i = 0; i < StepCostModel.TERMS.size(); i++)
            assertTrue(model.price(i) >= 0, StepCostModel.TERMS.get(i) + " " + model);
    }

    @Test
    void theIntervalIsAsWideAsTheStepsScatter() {
        StepCostModel quiet = new StepCostModel(cells(1), empties()), noisy = new StepCostModel(cells(1.3), empties());
        StepOperations step = work(2, 256);
        assertTrue(quiet.estimate(step).high() / quiet.estimate(step).low() < 1.01);
        assertTrue(noisy.estimate(step).high() / noisy.estimate(step).low() > 1.2);
        assertTrue(noisy.estimate(step).low() < seconds(step)
                && seconds(step) < noisy.estimate(step).high());
    }

    /** Every second cell is slower by {@code factor}. */
    private static List<MeasuredStep> cells(double factor) {
        List<MeasuredStep> cells = new ArrayList<>();
        for (int workers = 1; workers <= 2; workers++)
            for (int batch = 16; batch <= 4096; batch *= 4) {
                StepOperations work = work(workers, batch);
                MeasuredStep cell = new MeasuredStep(batch, workers, false, false, work);
                double f = cells.size() % 2 == 0 ? 1 : factor;
                cell.steps()
                        .add(new Taken(
                                f * seconds(work),
                                Map.of(
                                        "compute",
                                        f * (ROW * work.rows() + PASS * work.passes() + ADD * work.taskAdds()),
                                        "merge",
                                        f * ADD * work.adds(),
                                        "update",
                                        f * UPDATE * work.updates(),
                                        "wait",
                                        f * (LATENCY * work.stages() + TASK * work.tasks() + WIRE * work.wire()))));
                cells.add(cell);
            }
        return cells;
    }

    private static Map<Integer, Double> empties() {
        return new TreeMap<>(Map.of(1, LATENCY + TASK, 2, LATENCY + 2 * TASK));
    }

    private static StepOperations work(int workers, int batch) {
        return StepOperations.of("spark", workers, 2, 8, batch, FLOATS);
    }

    private static double seconds(StepOperations work) {
        return LATENCY * work.stages()
                + TASK * work.tasks()
                + WIRE * work.wire()
                + ROW * work.rows()
                + PASS * work.passes()
                + ADD * (work.taskAdds() + work.adds())
                + UPDATE * work.updates();
    }
}
