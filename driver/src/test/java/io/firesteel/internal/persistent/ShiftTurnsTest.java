package io.firesteel.internal.persistent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Shifts of one application never wait for each other with a part of the slots each. */
class ShiftTurnsTest {
    private final ShiftTurns turns = new ShiftTurns();

    @Test
    void aShiftWaitsUntilAllItsSlotsAreFree() throws Exception {
        take(2);
        CompletableFuture<Void> second = later(2);
        await(true);
        assertFalse(second.isDone());
        turns.giveBack(2);
        second.get(10, TimeUnit.SECONDS);
        assertFalse(turns.isContended());
    }

    @Test
    void twoThatFitRunAtOnceAndAllComeInOrder() throws Exception {
        take(1);
        take(2); // of three slots
        CompletableFuture<Void> large = later(3);
        await(true);
        CompletableFuture<Void> small = later(1);
        turns.giveBack(1); // a slot is free, but the large one was first
        Thread.sleep(300);
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
        Thread waiting = new Thread(() -> {
            try {
                turns.take(3, () -> 3);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        await(true);
        waiting.interrupt();
        waiting.join(10_000);
        assertEquals(Thread.State.TERMINATED, waiting.getState());
        assertFalse(turns.isContended());
    }

    private void take(int tasks) throws InterruptedException {
        turns.take(tasks, () -> 3);
    }

    private CompletableFuture<Void> later(int tasks) {
        return CompletableFuture.runAsync(() -> {
            try {
                take(tasks);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void await(boolean contended) throws InterruptedException {
        for (int i = 0; i < 100 && turns.isContended() != contended; i++) Thread.sleep(10);
        assertTrue(turns.isContended() == contended);
    }
}
