package io.firesteel.model;

import static io.firesteel.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.metric.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompiledModelLawsTest {
    private static final int ROWS = 13;

    @ParameterizedTest
    @MethodSource("io.firesteel.model.Samples#all")
    void theGradientOfABatchIsTheSumOfItsParts(ModelSpec model) {
        CompiledModel program = new CompiledModel(model, ROWS);
        float[] params = Samples.params(model), whole = new float[params.length], parts = new float[params.length];
        Samples.fill(program, model, 0, ROWS);
        Sums all = program.metrics().zero(), sum = program.metrics().zero();
        program.gradient(params, ROWS, whole, false, all);
        int[] cuts = {0, 1, 6, ROWS};
        for (int i = 0; i + 1 < cuts.length; i++) {
            Samples.fill(program, model, cuts[i], cuts[i + 1]);
            program.gradient(params, cuts[i + 1] - cuts[i], parts, false, sum); // added to what is there
        }
        assertClose("gradient", whole, parts, 5e-6);
        assertClose("loss", all.lossSum, sum.lossSum, 1e-6);
        assertEquals(ROWS, sum.rows);
        assertEquals(ROWS, sum.weight);
        assertArrayEquals(all.slots, sum.slots);
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.model.Samples#all")
    void aPassOfNoRowsAddsNothing(ModelSpec model) {
        CompiledModel program = new CompiledModel(model, ROWS);
        float[] params = Samples.params(model), grads = new float[params.length];
        program.gradient(params, 0, grads);
        assertArrayEquals(new float[params.length], grads);
        assertEquals(0, program.lossSum());
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.model.Samples#all")
    void aFreshGradientIsWhatIsAddedToZeros(ModelSpec model) {
        CompiledModel program = new CompiledModel(model, ROWS);
        float[] params = Samples.params(model), zeros = new float[params.length], fresh = new float[params.length];
        Arrays.fill(fresh, Float.NaN);
        Samples.fill(program, model, 0, ROWS);
        program.gradient(params, ROWS, zeros);
        program.gradient(params, ROWS, fresh, true);
        assertArrayEquals(zeros, fresh);
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.model.Samples#all")
    void whatTheBuffersHeldBeforeDoesNotMatter(ModelSpec model) {
        float[] params = Samples.params(model), fresh = new float[params.length], used = new float[params.length];
        CompiledModel first = new CompiledModel(model, ROWS), second = new CompiledModel(model, ROWS);
        Samples.fill(second, model, 100, 100 + ROWS);
        second.gradient(params, ROWS, used);
        Arrays.fill(used, 0);
        for (CompiledModel program : List.of(first, second)) Samples.fill(program, model, 0, 4);
        first.gradient(params, 4, fresh);
        second.gradient(params, 4, used);
        assertArrayEquals(fresh, used);
        assertEquals(first.lossSum(), second.lossSum());
        int size = 4 * model.outputs();
        assertArrayEquals(
                Arrays.copyOf(first.predict(params, 4), size), Arrays.copyOf(second.predict(params, 4), size));
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.model.Samples#all")
    void theRoomForMoreRowsDoesNotMatter(ModelSpec model) {
        float[] params = Samples.params(model), tight = new float[params.length], roomy = new float[params.length];
        CompiledModel small = new CompiledModel(model, 4), large = new CompiledModel(model, ROWS);
        for (CompiledModel program : List.of(small, large)) Samples.fill(program, model, 0, 4);
        small.gradient(params, 4, tight);
        large.gradient(params, 4, roomy);
        assertArrayEquals(tight, roomy);
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.model.Samples#all")
    void twoThreadsGetTheSameBits(ModelSpec model) throws Exception {
        float[] params = Samples.params(model);
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<float[]>> gradients = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++)
                gradients.add(pool.submit(() -> {
                    CompiledModel program = new CompiledModel(model, ROWS);
                    Samples.fill(program, model, 0, ROWS);
                    float[] grads = new float[params.length];
                    together.await();
                    for (int pass = 0; pass < 50; pass++) program.gradient(params, ROWS, grads);
                    return grads;
                }));
            assertArrayEquals(gradients.get(0).get(), gradients.get(1).get());
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.model.Samples#withoutRandomness")
    void evaluationScoresAsTheGradientPassDoes(ModelSpec model) {
        CompiledModel program = new CompiledModel(model, ROWS);
        float[] params = Samples.params(model);
        Samples.fill(program, model, 0, ROWS);
        Sums trained = program.metrics().zero(), evaluated = program.metrics().zero();
        program.gradient(params, ROWS, new float[params.length], false, trained);
        program.evaluate(params, ROWS, evaluated);
        assertEquals(trained.lossSum, evaluated.lossSum);
        assertArrayEquals(trained.slots, evaluated.slots);
    }
}
