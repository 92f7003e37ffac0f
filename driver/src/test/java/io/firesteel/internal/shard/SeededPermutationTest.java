package io.firesteel.internal.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededPermutationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 63, 64, 65, 1000, 4097})
    void everyIndexIsHitOnce(int size) {
        SeededPermutation shuffle = new SeededPermutation(size, 3);
        long[] hit = LongStream.range(0, size).map(shuffle::at).sorted().toArray();
        assertEquals(Arrays.toString(LongStream.range(0, size).toArray()), Arrays.toString(hit));
    }

    @Test
    void seedAndPlaceChangeTheOrder() {
        long[] order = order(new SeededPermutation(100, 1, 2));
        assertEquals(Arrays.toString(order), Arrays.toString(order(new SeededPermutation(100, 1, 2))));
        assertNotEquals(Arrays.toString(order), Arrays.toString(order(new SeededPermutation(100, 2, 2))));
        assertNotEquals(Arrays.toString(order), Arrays.toString(order(new SeededPermutation(100, 1, 3))));
    }

    @Test
    void rowsOfOneHalfEndUpInBothHalves() {
        SeededPermutation shuffle = new SeededPermutation(10_000, 7);
        long crossed =
                LongStream.range(0, 5_000).filter(i -> shuffle.at(i) >= 5_000).count();
        assertTrue(Math.abs(crossed - 2_500) < 150, crossed + " of 5000 crossed"); // 6 standard deviations
    }

    private static long[] order(SeededPermutation shuffle) {
        return LongStream.range(0, 100).map(shuffle::at).toArray();
    }
}
