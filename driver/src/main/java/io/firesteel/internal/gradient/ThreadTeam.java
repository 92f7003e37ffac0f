package io.firesteel.internal.gradient;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A fixed set of threads that do a step's parts together: the caller is the first of them. They wait for the next part
 * spinning for a moment and then parked, since a step has three parts and may last less than a millisecond.
 */
public final class ThreadTeam implements AutoCloseable {
    private static final int SPINS = 20_000; // some 100 microseconds

    private static final int FLOATS = 1 << 18; // that are worth a thread

    private final int spins;
    private final Thread[] others;
    private final AtomicInteger running = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile Thread caller;
    private volatile Throwable failure;
    private IntConsumer body;

    /** For a process that has the cores to itself. */
    public ThreadTeam(int threads) {
        this(threads, SPINS);
    }

    /** For vectors of so many floats, in a driver whose cores executors may share: nobody spins. */
    public static ThreadTeam sharing(int threads, long floats) {
        return new ThreadTeam((int) Math.min(threads, 1 + floats / FLOATS), 0);
    }

    private ThreadTeam(int threads, int spins) {
        this.spins = spins;
        others = new Thread[threads - 1];
        for (int i = 0; i < others.length; i++) {
            int member = i + 1;
            others[i] = new Thread(() -> work(member), "firesteel-" + member);
            others[i].setDaemon(true);
            others[i].start();
        }
    }

    public int size() {
        return others.length + 1;
    }

    /** Runs {@code part} for every member 0..size-1, one on each thread, and returns when all are done. */
    public void run(IntConsumer part) {
        body = part;
        failure = null;
        caller = Thread.currentThread();
        running.set(others.length);
        round++; // publishes the body
        for (Thread other : others) LockSupport.unpark(other);
        attempt(part, 0);
        for (int spun = 0; running.get() > 0; spun++) pause(spun);
        if (failure != null) throw rethrow(failure);
    }

    private void work(int member) {
        for (int seen = 0; !closed; ) {
            for (int spun = 0; round == seen && !closed; spun++) pause(spun);
            if (closed) return;
            seen++;
            attempt(body, member);
            if (running.decrementAndGet() == 0) LockSupport.unpark(caller);
        }
    }

    private void attempt(IntConsumer part, int member) {
        try {
            part.accept(member);
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void pause(int spun) {
        if (spun < spins) Thread.onSpinWait();
        else LockSupport.parkNanos(this, 1_000_000);
    }

    private static RuntimeException rethrow(Throwable failure) {
        if (failure instanceof Error error) throw error;
        return failure instanceof RuntimeException bad ? bad : new IllegalStateException(failure);
    }

    /** Runs {@code part} on slices of [0, size), one a member; slices start at multiples of a cache line. */
    public void slices(int size, SliceTask part) {
        run(member -> part.accept(member, start(size, member), start(size, member + 1)));
    }

    private int start(int size, int member) {
        return member == size() ? size : (int) ((long) size * member / size()) & ~15;
    }

    /** A member's slice [from, to). */
    public interface SliceTask {
        void accept(int member, int from, int to);
    }

    @Override
    public void close() {
        closed = true;
        for (Thread other : others) LockSupport.unpark(other);
    }
}
