package io.firesteel.internal.persistent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Shifts of one application never wait for each other with a part of the slots each. */
class ShiftTurnsTest {
    private final ShiftTurns turns = new ShiftTurns();

    @Test
    void aShiftWaitsUntilAllItsSlotsAreFree() throws Exception {
        take(2);
        Semaphore looks = new Semaphore(0);
        CompletableFuture<Void> second = later(2, looks);
        assertLooks(2, looks);
        assertTrue(turns.isContended());
        assertFalse(second.isDone());
        turns.giveBack(2);
        second.get(10, TimeUnit.SECONDS);
        assertFalse(turns.isContended());
    }

    @Test
    void twoThatFitRunAtOnceAndAllComeInOrder() throws Exception {
        take(1);
        take(2); // of three slots
        Semaphore looks = new Semaphore(0);
        CompletableFuture<Void> large = later(3, looks);
        assertLooks(1, looks); // it is the first in the queue
        assertTrue(turns.isContended());
        CompletableFuture<Void> small = later(1);
        turns.giveBack(1); // a slot is free, but the large one was first
        looks.drainPermits();
        assertLooks(2, looks);
        assertFalse(small.isDone());
        turns.giveBack(2);
        large.get(10, TimeUnit.SECONDS);
        assertFalse(small.isDone());
        turns.giveBack(3);
        small.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneThatNeedsMoreThanThereIsRunsAlone() throws Exception {
        take(5);
        turns.giveBack(5);
        assertFalse(turns.isContended());
    }

    @Test
    void oneThatIsInterruptedLeavesTheQueue() throws Exception {
        take(3);
        Semaphore looks = new Semaphore(0);
        Thread waiting = new Thread(() -> {
            try {
                take(3, looks);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        assertLooks(1, looks);
        assertTrue(turns.isContended());
        waiting.interrupt();
        waiting.join(10_000);
        assertEquals(Thread.State.TERMINATED, waiting.getState());
        assertFalse(turns.isContended());
    }

    private void take(int tasks) throws InterruptedException {
        take(tasks, new Semaphore(0));
    }

    /** Takes of three slots; {@code looks} gets a permit whenever the first in the queue looks at them. */
    private void take(int tasks, Semaphore looks) throws InterruptedException {
        turns.take(tasks, () -> {
            looks.release();
            return 3;
        });
    }

    private static void assertLooks(int times, Semaphore looks) throws InterruptedException {
        assertTrue(looks.tryAcquire(times, 10, TimeUnit.SECONDS));
    }

    private CompletableFuture<Void> later(int tasks) throws InterruptedException {
        return later(tasks, new Semaphore(0));
    }

    /** Takes on a thread of its own, which has begun when this returns. */
    private CompletableFuture<Void> later(int tasks, Semaphore looks) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> {
            begun.countDown();
            try {
                take(tasks, looks);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        return taken;
    }
}
