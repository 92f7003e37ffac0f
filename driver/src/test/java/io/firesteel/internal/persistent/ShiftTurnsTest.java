package io.firesteel.internal.persistent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
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
        looks.acquire(2);
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
        looks.acquire(); // it is the first in the queue
        CompletableFuture<Void> small = later(1);
        turns.giveBack(1); // a slot is free, but the large one was first
        looks.drainPermits();
        looks.acquire(2);
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
        looks.acquire();
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

    private CompletableFuture<Void> later(int tasks) {
        return later(tasks, new Semaphore(0));
    }

    private CompletableFuture<Void> later(int tasks, Semaphore looks) {
        return CompletableFuture.runAsync(() -> {
            try {
                take(tasks, looks);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
