package io.firesteel.train;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What this process has spent in garbage collections that stopped it. */
final class Garbage {
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    private Garbage() {}

    static double seconds() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) millis += Math.max(0, collector.getCollectionTime());
        return millis / 1e3;
    }
}
