package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.array.ParamLayout;
import io.firesteel.internal.measure.NoiseScale.NoiseEstimate;
import io.firesteel.metric.Metrics;
import io.firesteel.optim.Schedule;
import io.firesteel.optim.Sgd;
import io.firesteel.spec.SpecException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    private static final Schedule STEP = new Schedule.Step(0.4, 100, 0.5);
    private final TrainingState state =
            new TrainingState(new ParamLayout(List.of()), new Sgd(), 1, new Metrics(List.of(), 1));

    @Test
    void aScheduleGoesByTheStep() {
        LearningRate pace = new LearningRate(STEP, 256);
        assertEquals(0.4, pace.next(state, noise(1, 1)));
        state.step = 100;
        assertEquals(0.2, pace.next(state, noise(1, 1)));
    }

    /** B_simple = B0 = 32, so a step of 256 rows is worth 16/9 of the base batch's. */
    @Test
    void adaScaleGoesByWhatStepsAreWorth() {
        LearningRate pace = new LearningRate(new Schedule.AdaScale(32, STEP), 256);
        double gain = 2 / (1 + 1 / 8.0);
        int steps = 0;
        for (; state.progress.steps < 100; steps++) assertEquals(gain * 0.4, pace.next(state, noise(64, 2)), 1e-12);
        assertEquals(57, steps); // 100 / gain, upwards
        assertEquals(gain * 0.2, pace.next(state, noise(64, 2)), 1e-12);
    }

    @Test
    void averagesBeginWithTheFirstStepThatIsMeasured() {
        LearningRate pace = new LearningRate(new Schedule.AdaScale(32, STEP), 256);
        assertEquals(0.4, pace.next(state, NoiseEstimate.UNKNOWN));
        pace.next(state, noise(5, -1));
        assertEquals(5, state.progress.trS);
        pace.next(state, NoiseEstimate.UNKNOWN);
        assertEquals(5, state.progress.trS);
        pace.next(state, noise(6, 9));
        assertEquals(0.992 * 5 + 0.008 * 6, state.progress.trS, 1e-12);
        assertEquals(0.992 * -1 + 0.008 * 9, state.progress.g2, 1e-12);
    }

    @Test
    void oneShardHasNothingToCompare() {
        String message = assertThrows(
                        SpecException.class,
                        () -> Run.read(
                                "../examples/fashion-lenet/run.json",
                                List.of(
                                        "shards=1",
                                        "schedule={\"type\":\"AdaScale\",\"baseBatch\":16,"
                                                + "\"then\":{\"type\":\"Constant\",\"rate\":0.1}}")))
                .getMessage();
        assertEquals(true, message.contains("shards is above 1 for AdaScale"), message);
    }

    private static NoiseEstimate noise(double trS, double g2) {
        return new NoiseEstimate(trS, g2, Double.NaN, Double.NaN, 1);
    }
}
