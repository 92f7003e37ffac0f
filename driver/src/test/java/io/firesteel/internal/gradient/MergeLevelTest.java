package io.firesteel.internal.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergeLevelTest {
    @Test
    void theDriverNeverTakesMoreThanItWasTold() {
        for (int tasks = 1; tasks <= 300; tasks++)
            for (int most : new int[] {2, 3, 16}) {
                List<MergeLevel> rounds = MergeLevel.groups(new ReductionTree(300).ranges(tasks), most, 300);
                int left =
                        rounds.isEmpty() ? tasks : rounds.get(rounds.size() - 1).numPartitions();
                assertTrue(left <= most, tasks + " tasks end as " + left);
            }
    }

    @Test
    void depthFollowsFromTheTasks() {
        assertEquals(List.of(), MergeLevel.groups(new ReductionTree(256).ranges(16), 16, 256));
        List<MergeLevel> one = MergeLevel.groups(new ReductionTree(256).ranges(64), 16, 256);
        assertEquals(1, one.size());
        assertArrayEquals(new int[] {0, 32, 64, 96, 128, 160, 192, 224}, one.get(0).starts);
        assertEquals(
                2,
                MergeLevel.groups(new ReductionTree(4096).ranges(4096), 16, 4096)
                        .size());
    }

    @Test
    void slicesCoverTheVectorOnce() {
        for (int size : new int[] {1, 100, 1000}) {
            MergeLevel round = MergeLevel.slices(7, 4).get(0);
            assertEquals(0, round.start(0, size));
            assertEquals(size, round.start(7, size));
            for (int k = 0; k < 7; k++) assertTrue(round.start(k, size) <= round.start(k + 1, size));
        }
    }
}
