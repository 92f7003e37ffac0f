package io.firesteel.internal.measure;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Time that garbage collections have stopped this process. */
public final class GcClock {
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    private GcClock() {}

    public static double seconds() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) millis += Math.max(0, collector.getCollectionTime());
        return millis / 1e3;
    }
}
