package io.firesteel.internal.persistent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.IntSupplier;
import org.apache.spark.SparkContext;

/**
 * Lets the shifts of one application take turns, first come, first served: two that each had a part of the slots would
 * wait for each other for ever.
 */
final class ShiftTurns {
    private static final long LOOK = 100; // milliseconds between looks at the slots, which may become more
    private static final Map<SparkContext, ShiftTurns> ALL = new WeakHashMap<>();

    private final Deque<Object> queue = new ArrayDeque<>();
    private int taken; // slots

    /** The turns of an application. */
    static ShiftTurns of(SparkContext spark) {
        synchronized (ALL) {
            return ALL.computeIfAbsent(spark, key -> new ShiftTurns());
        }
    }

    /** Waits until {@code tasks} of the slots are free of other shifts, and takes them. */
    synchronized void take(int tasks, IntSupplier slots) throws InterruptedException {
        Object me = new Object();
        queue.add(me);
        try {
            while (queue.peek() != me || taken > 0 && taken + tasks > slots.getAsInt()) wait(LOOK);
            taken += tasks;
        } finally {
            queue.remove(me);
            notifyAll();
        }
    }

    synchronized void giveBack(int tasks) {
        taken -= tasks;
        notifyAll();
    }

    /** Whether another shift waits. */
    synchronized boolean isContended() {
        return !queue.isEmpty();
    }
}
