package io.firesteel.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Shape;
import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.MaxPool2d;
import io.firesteel.layer.Relu;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the virtual machine says of a program's memory, beside what the program says. */
class CompiledModelMemoryTest {
    @Test
    void itsBytesAreWhatItTakes() throws InterruptedException {
        ModelSpec model = new ModelSpec(
                new Shape(28, 28, 1),
                Normalization.NONE,
                new Sequential(List.of(
                        new Conv2d(20, 5),
                        new Relu(),
                        new MaxPool2d(2),
                        new Conv2d(50, 5),
                        new Relu(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Dense(500),
                        new Relu(),
                        new Dense(10))),
                new SoftmaxCrossEntropy(),
                1);
        CompiledModel first = new CompiledModel(model, 64); // classes and native libraries
        for (long old = -1; old != outside(); ) {
            old = outside();
            System.gc(); // gives back what the self-tests of the libraries took
            Thread.sleep(50); // another thread frees it after the collection
        }
        long before = taken();
        CompiledModel program = new CompiledModel(model, 64);
        long took = taken() - before;
        Reference.reachabilityFence(first); // or its native memory is given back in between
        assertEquals(1, (double) took / program.bytes(), 0.05, took + " bytes for " + program.bytes());
    }

    private static long taken() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return outside()
                + threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Bytes outside the heap. */
    private static long outside() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
