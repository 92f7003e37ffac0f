package io.firesteel.studies.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StepOperationsTest {
    private static final int P = 1000;

    @Test
    void oneTaskMergesItsShardsAndSendsOneSum() {
        StepOperations work = StepOperations.of("spark", 1, 2, 4, 64, P);
        assertEquals(
                new StepOperations(1, 1, 2 * P, 64, 4, 3 * P, 0, P / 2.0), work); // the parameters down, the sum up
    }

    @Test
    void twoTasksLeaveOneMergeToTheDriversThreads() {
        StepOperations work = StepOperations.of("spark", 2, 2, 4, 66, P);
        assertEquals(
                new StepOperations(1, 2, 2 * P + 2 * P, 34, 2, P, P / 2.0, P / 2.0), work); // 17 + 17 rows, and 16 + 16
    }

    @Test
    void threadsOfOneProcessHaveNoWire() {
        assertEquals(
                new StepOperations(1, 2, 0, 32, 2, P, P / 2.0, P / 2.0),
                StepOperations.of("in-process", 2, 2, 4, 64, P));
    }

    @Test
    void passesAreAsManyAsTheRunCutsAShareInto() {
        assertEquals(3, StepOperations.of("in-process", 1, 1, 1, 700, P).passes()); // of 256 rows at most
    }

    @Test
    void aboveSixteenTasksAMiddleLevelMergesGroupsOfNeighbours() {
        StepOperations work = StepOperations.of("spark", 64, 2, 64, 1024, P);
        assertEquals(2, work.stages());
        assertEquals(64 + 8, work.tasks()); // groups of eight
        assertEquals(
                7.0 * P + 8 * P + 8 * P,
                work.wire()); // parameters doubled to 64 holders; eight sums into each reducer; eight to the driver
        assertEquals(7.0 * P + 7.0 * P / 2, work.adds());
    }

    @Test
    void slicesSendTheDriverOneVectorHoweverManyTasks() {
        for (int tasks : new int[] {64, 1024}) {
            StepOperations work = StepOperations.of("spark-slices", tasks, 2, tasks, 4096, P);
            assertEquals(2, work.stages());
            assertTrue(work.wire() <= (Math.ceil(Math.log(tasks + 1) / Math.log(2)) + 2) * P);
            assertTrue(work.adds() < P);
        }
    }
}
