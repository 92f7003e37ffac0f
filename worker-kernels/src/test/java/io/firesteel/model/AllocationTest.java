package io.firesteel.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.Blas;
import io.firesteel.layer.Layer;
import io.firesteel.loss.Loss;
import io.firesteel.metric.Sums;
import io.firesteel.spec.Specs;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After construction a program allocates nothing. */
class AllocationTest {
    private static final int ROWS = 9;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @MethodSource("io.firesteel.model.Samples#all")
    void aPassAllocatesNoByte(ModelSpec model) {
        assertEquals("openblas", Blas.name());
        CompiledModel program = new CompiledModel(model, ROWS);
        float[] params = Samples.params(model), grads = new float[params.length];
        Samples.fill(program, model, 0, ROWS);
        Sums sums = program.metrics().zero();
        Runnable gradient = () -> program.gradient(params, ROWS, grads);
        Runnable evaluate = () -> program.evaluate(params, ROWS, sums);
        Runnable predict = () -> program.predict(params, ROWS);
        allocated(() -> {}); // classes of the measurement itself
        for (Runnable pass : new Runnable[] {gradient, evaluate, predict}) {
            pass.run(); // classes of the pass
            assertEquals(0, allocated(pass));
        }
    }

    @Test
    void theSamplesHoldEveryPermittedLayerAndLoss() {
        Set<Class<?>> layers = Samples.all()
                .flatMap(model -> kinds(model.net(), model.input()))
                .collect(Collectors.toSet());
        assertEquals(new HashSet<>(Specs.kinds(Layer.class)), layers);
        assertEquals(
                new HashSet<>(Specs.kinds(Loss.class)),
                Samples.all().map(model -> model.loss().getClass()).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> kinds(Layer layer, Shape in) {
        return Stream.concat(
                Stream.of(layer.getClass()),
                layer.children(in).stream().flatMap(child -> kinds(child.layer(), child.in())));
    }

    private static long allocated(Runnable pass) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        pass.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
