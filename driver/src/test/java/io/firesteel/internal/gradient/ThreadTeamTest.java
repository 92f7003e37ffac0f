package io.firesteel.internal.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ThreadTeamTest {
    @Test
    void everyMemberRunsEachPartOnce() {
        for (int size = 1; size <= 4; size++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(size);
            try (ThreadTeam team = new ThreadTeam(size)) {
                for (int round = 0; round < 300; round++) team.run(runs::incrementAndGet);
            }
            for (int member = 0; member < size; member++) assertEquals(300, runs.get(member));
        }
    }

    @Test
    void slicesCoverARangeOnce() {
        for (int length : new int[] {0, 1, 15, 16, 17, 1000}) {
            int[] seen = new int[length], once = new int[length];
            java.util.Arrays.fill(once, 1);
            try (ThreadTeam team = new ThreadTeam(3)) {
                team.slices(length, (member, from, to) -> {
                    for (int i = from; i < to; i++) seen[i]++;
                });
            }
            assertArrayEquals(once, seen);
        }
    }

    @Test
    void aFailureOnAnyThreadReachesTheCallerAndTheTeamGoesOn() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            for (int culprit = 0; culprit < 2; culprit++) {
                int member = culprit;
                assertEquals(
                        "no " + member,
                        assertThrows(
                                        IllegalStateException.class,
                                        () -> team.run(m -> {
                                            if (m == member) throw new IllegalStateException("no " + m);
                                        }))
                                .getMessage());
                team.run(m -> {});
            }
        }
    }
}
