package io.firesteel;

import static io.firesteel.Numbers.assertClose;

import io.firesteel.array.Floats;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.Layer;
import io.firesteel.loss.Loss;
import io.firesteel.metric.Metric;
import io.firesteel.metric.Metrics;
import io.firesteel.metric.Sums;
import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.optim.Optimizer;
import io.firesteel.schedule.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values, gradients and training steps are PyTorch's. */
class GoldenTest {
    static Stream<Golden> layers() {
        return Golden.cases("layer");
    }

    static Stream<Golden> losses() {
        return Golden.cases("loss");
    }

    static Stream<Golden> metrics() {
        return Golden.cases("metric");
    }

    static Stream<Golden> optimizers() {
        return Golden.cases("optimizer");
    }

    static Stream<Golden> schedules() {
        return Golden.cases("schedule");
    }

    static Stream<Golden> models() {
        return Golden.cases("model");
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aLayerGivesPyTorchsOutputsAndGradients(Golden golden) {
        Bound bound =
                new Bound(golden.spec("layer", Layer.class), golden.spec("input", Shape.class), golden.integer("rows"));
        Bound.set(bound.params, golden.floats("params"));
        Bound.set(bound.x, golden.floats("x"));
        Bound.set(bound.dy, golden.floats("dy"));
        assertClose("y", golden.floats("y"), bound.forward(), 1e-5);
        bound.backward();
        assertClose("dx", golden.floats("dx"), bound.dx, 1e-5);
        assertClose("grads", golden.floats("grads"), bound.grads, 1e-5);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aLossGivesPyTorchsValueGradientAndPrediction(Golden golden) {
        Loss loss = golden.spec("loss", Loss.class);
        int rows = golden.integer("rows"), n = golden.integer("n"), width = golden.integer("width");
        float[] y = golden.floats("y"), dy = new float[rows * n];
        assertClose("value", golden.number("value"), loss.apply(rows, n, width, y, golden.floats("t"), dy), 1e-6);
        assertClose("dy", golden.floats("dy"), dy, 1e-6);
        loss.predict(rows, n, y);
        assertClose("prediction", golden.floats("prediction"), y, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void aMetricIsPyTorchs(Golden golden) {
        Metrics metrics = new Metrics(List.of(golden.spec("metric", Metric.class)), golden.integer("n"));
        Sums sums = metrics.zero();
        metrics.add(golden.integer("rows"), golden.floats("y"), golden.floats("t"), golden.floats("weights"), sums);
        List<Double> values = List.copyOf(metrics.values(sums).values());
        assertClose("value", golden.number("value"), values.get(1), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void anOptimizerTakesPyTorchsSteps(Golden golden) {
        Optimizer optimizer = golden.spec("optimizer", Optimizer.class);
        float rate = (float) golden.number("rate"), decay = (float) golden.number("decay");
        float[] w = golden.floats("start");
        float[][] slots = new float[optimizer.slots()][w.length];
        List<float[]> gradients = golden.series("gradients"), weights = golden.series("weights");
        for (int step = 1; step <= gradients.size(); step++) {
            optimizer.step(w, gradients.get(step - 1), slots, 0, w.length, rate, decay, step);
            assertClose("w after step " + step, weights.get(step - 1), w, 2e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aScheduleHasPyTorchsRates(Golden golden) {
        Schedule schedule = golden.spec("schedule", Schedule.class);
        float[] rates = golden.floats("rates");
        for (int step = 0; step < rates.length; step++)
            assertClose("rate of step " + step, rates[step], schedule.rate(step), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("models")
    void aModelTrainsAsInPyTorch(Golden golden) {
        ModelSpec model = golden.spec("model", ModelSpec.class);
        Optimizer optimizer = golden.spec("optimizer", Optimizer.class);
        int rows = golden.integer("rows");
        CompiledModel program = new CompiledModel(model, rows);
        Bound.set(program.x, golden.floats("x"));
        Bound.set(program.targets, golden.floats("targets"));
        float[] params = golden.floats("start"), grads = new float[params.length], losses = golden.floats("losses");
        float[][] slots = new float[optimizer.slots()][params.length];
        for (int step = 1; step <= losses.length; step++) {
            Arrays.fill(grads, 0);
            program.gradient(params, rows, grads);
            assertClose("loss of step " + step, losses[step - 1], program.lossSum() / rows, 1e-5);
            if (step == 1) assertClose("gradient", golden.floats("gradient"), grads, 1e-5);
            Floats.divide(grads, rows, 0, grads.length);
            update(model.layout(), optimizer, params, grads, slots, golden, step);
        }
        assertClose("trained", golden.floats("trained"), params, 1e-5);
        assertClose(
                "prediction",
                golden.floats("prediction"),
                Arrays.copyOf(program.predict(params, rows), rows * model.outputs()),
                1e-5);
    }

    /** Decay acts on weights alone. */
    private static void update(
            ParamLayout layout,
            Optimizer optimizer,
            float[] params,
            float[] grads,
            float[][] slots,
            Golden golden,
            int step) {
        for (ParamSlice slice : layout.params()) {
            float decay = slice.role() == ParamSlice.Role.WEIGHT ? (float) golden.number("decay") : 0;
            optimizer
                    .on(slice.role())
                    .step(
                            params,
                            grads,
                            slots,
                            slice.offset(),
                            slice.end(),
                            (float) golden.number("rate"),
                            decay,
                            step);
        }
    }
}
