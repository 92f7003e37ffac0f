package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.firesteel.Fixture;
import io.firesteel.array.Init;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.ParamSlice.Role;
import io.firesteel.array.Shape;
import io.firesteel.internal.gradient.SliceNorms;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.metric.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterUpdateTest {
    private static final int SIZE = 5000; // pieces of a slice are smaller

    @TempDir
    Path folder;

    /** Of a weight, a statistic and a bias. */
    private static ParamLayout layout() {
        return new ParamLayout(List.of(slice(0, Role.WEIGHT), slice(1, Role.STATISTIC), slice(2, Role.BIAS)));
    }

    private static ParamSlice slice(int number, Role role) {
        return new ParamSlice("" + number, number * SIZE, new Shape(SIZE), role, new Init.Normal(1), 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sgd", "{\"type\":\"Sgd\",\"momentum\":0.9}", "Adam", "AdamW", "RmsProp", "Lars", "Lamb"})
    void aStatisticIsAssignedItsMeanAndNothingElse(String optimizer) throws IOException {
        for (String decay : List.of("0", "0.1")) {
            Run run = Run.read(new Fixture(folder).run(), List.of("optimizer=" + optimizer, "weightDecay=" + decay));
            TrainingState state = new TrainingState(layout(), run.optimizer(), 1, new Metrics(List.of(), 1));
            float[] before = state.params.clone(), sum = new float[3 * SIZE];
            for (int i = 0; i < sum.length; i++) sum[i] = 8 * (i + 1);
            state.step++;
            try (ThreadTeam team = new ThreadTeam(2)) {
                new ParameterUpdate(run, layout(), team).apply(state, sum, null, 8, 0.01);
            }
            for (int i = SIZE; i < 2 * SIZE; i++) assertEquals(i + 1, state.params[i]);
            for (int i : new int[] {0, SIZE - 1, 2 * SIZE, 3 * SIZE - 1}) assertNotEquals(before[i], state.params[i]);
            for (float[] slot : state.slots) for (int i = SIZE; i < 2 * SIZE; i++) assertEquals(0, slot[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"type\":\"ClipByValue\",\"value\":2}', 2, 1",
        "'{\"type\":\"ClipByNorm\",\"norm\":100}', 1.4142135, 1",
        "'{\"type\":\"ClipByGlobalNorm\",\"norm\":100}', 1.3719887, 0.34299717",
        "'{\"type\":\"ClipByGlobalNorm\",\"norm\":1000}', 4, 1"
    })
    void gradientsAreBoundedBeforeTheStep(String clipping, float weight, float bias) throws IOException {
        Run run = Run.read(new Fixture(folder).run(), List.of("optimizer=Sgd", "clipping=" + clipping));
        TrainingState state = new TrainingState(layout(), run.optimizer(), 1, new Metrics(List.of(), 1));
        float[] before = state.params.clone(), sum = new float[3 * SIZE]; // means of 4, 7 and 1
        Arrays.fill(sum, 0, SIZE, 8 * 4);
        Arrays.fill(sum, SIZE, 2 * SIZE, 8 * 7);
        Arrays.fill(sum, 2 * SIZE, 3 * SIZE, 8);
        double[] squares = new SliceNorms(layout()).of(sum);
        state.step++;
        try (ThreadTeam team = new ThreadTeam(2)) {
            new ParameterUpdate(run, layout(), team).apply(state, sum, squares, 8, 0.5);
        }
        for (int i : new int[] {0, SIZE - 1}) assertEquals(before[i] - 0.5f * weight, state.params[i], 1e-6);
        for (int i : new int[] {SIZE, 2 * SIZE - 1}) assertEquals(7, state.params[i]);
        for (int i : new int[] {2 * SIZE, 3 * SIZE - 1}) assertEquals(before[i] - 0.5f * bias, state.params[i], 1e-6);
    }

    @Test
    void aStatisticCountsInNoNormButIsSummed() {
        SliceNorms norms = new SliceNorms(layout());
        float[] part = new float[3 * SIZE], sum = new float[3 * SIZE], wanted = new float[3 * SIZE];
        Arrays.fill(part, 2);
        Arrays.fill(sum, 1);
        Arrays.fill(wanted, 3);
        double[] ofPart = norms.zeros(), ofSum = norms.zeros();
        norms.add(part, sum, ofPart, ofSum);
        assertArrayEquals(wanted, sum);
        assertArrayEquals(new double[] {4 * SIZE, 0, 4 * SIZE}, ofPart);
        assertArrayEquals(new double[] {SIZE, 0, SIZE}, ofSum);
        assertArrayEquals(new double[] {9 * SIZE, 0, 9 * SIZE}, norms.of(sum));
        try (ThreadTeam team = new ThreadTeam(2)) {
            assertArrayEquals(norms.of(sum), norms.of(sum, team, (member, from, to) -> {}));
        }
    }
}
