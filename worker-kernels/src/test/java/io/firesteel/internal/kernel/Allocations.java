package io.firesteel.internal.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Bytes that a pass allocates. The JVM itself allocates on a thread once in a while: 72 bytes at the 895th pass of a
 * convolution, and never again in 60,000. A pass that makes garbage makes it every time, so the least of a few passes
 * tells the two apart.
 */
public final class Allocations {
    private static final int PASSES = 4;

    private Allocations() {}

    public static long least(Runnable pass) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < PASSES; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            pass.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
