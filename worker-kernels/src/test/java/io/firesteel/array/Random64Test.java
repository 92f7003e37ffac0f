package io.firesteel.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Random64Test {
    private static final int DRAWS = 100_000;

    @Test
    void theStreamIsAFunctionOfItsPlace() {
        Random64 one = new Random64(1, 2, 3), same = new Random64(1, 2, 3);
        for (int i = 0; i < 10; i++) assertEquals(one.nextLong(), same.nextLong());
    }

    /** Written into every run: another stream would change what old seeds mean. */
    @Test
    void theFirstNumbersStayWhatTheyAre() {
        Random64 random = new Random64(42, 7);
        assertEquals(-8874355310113598029L, random.nextLong());
        assertEquals(0.7122078475625566, random.nextDouble());
        assertEquals(1.4375496860585495, random.nextGaussian());
    }

    @Test
    void neighbouringPlacesStartDifferentStreams() {
        Set<Long> firsts = new HashSet<>();
        for (long seed = -20; seed < 20; seed++) {
            firsts.add(new Random64(seed).nextLong());
            for (long a = -20; a < 20; a++) {
                firsts.add(new Random64(seed, a).nextLong());
                firsts.add(new Random64(seed, a, 0).nextLong());
            }
        }
        assertEquals(40 + 40 * 40 * 2, firsts.size());
        assertNotEquals(new Random64(1, 2, 3).nextLong(), new Random64(1, 3, 2).nextLong());
    }

    @Test
    void nextIntIsWithinBoundsAndUniform() {
        for (int bound : new int[] {1, 2, 3, 10, 97}) {
            int[] counts = new int[bound];
            Random64 random = new Random64(5, bound);
            for (int i = 0; i < DRAWS; i++) counts[random.nextInt(bound)]++; // out of bounds would throw
            double chi2 = 0, wanted = (double) DRAWS / bound;
            for (int count : counts) chi2 += (count - wanted) * (count - wanted) / wanted;
            assertTrue(chi2 < bound + 5 * Math.sqrt(2 * bound), "chi-squared of bound " + bound + " is " + chi2);
        }
        Random64 random = new Random64(6);
        int above = 0;
        for (int i = 0; i < DRAWS; i++) {
            int draw = random.nextInt(Integer.MAX_VALUE);
            assertTrue(draw >= 0 && draw < Integer.MAX_VALUE);
            if (draw >= Integer.MAX_VALUE / 2) above++;
        }
        assertEquals(0.5, (double) above / DRAWS, 0.01);
    }

    @Test
    void nextDoubleIsUniformInZeroToOne() {
        Random64 random = new Random64(7);
        double sum = 0, squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double draw = random.nextDouble();
            assertTrue(draw >= 0 && draw < 1);
            sum += draw;
            squares += draw * draw;
        }
        assertEquals(0.5, sum / DRAWS, 0.005);
        assertEquals(1 / 3.0, squares / DRAWS, 0.005);
    }

    @Test
    void nextGaussianHasTheMomentsOfTheNormal() {
        Random64 random = new Random64(8);
        double[] stats = new double[5];
        for (int i = 0; i < DRAWS; i++) {
            double draw = random.nextGaussian();
            for (int power = 1; power <= 4; power++) stats[power] += Math.pow(draw, power) / DRAWS;
        }
        assertEquals(0, stats[1], 0.02);
        assertEquals(1, stats[2], 0.02);
        assertEquals(0, stats[3], 0.05);
        assertEquals(3, stats[4], 0.15);
    }

    @Test
    void theNumberOfAPlaceIsTheFirstStateOfItsStream() {
        assertEquals(
                Random64.mix(Random64.at(3, 5, 7, 11) + 0x9E3779B97F4A7C15L), new Random64(3, 5, 7, 11).nextLong());
    }
}
