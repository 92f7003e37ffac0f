package io.firesteel.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Random64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AucTest {
    private static double auc(int bins, int outputs, float[] y, float[] t, float[] weights) {
        Metrics metrics = new Metrics(List.of(new Auc(bins)), outputs);
        Sums sums = metrics.zero();
        metrics.add(t.length, y, t, weights, sums);
        return metrics.values(sums).get("auc");
    }

    /** Every pair of a row of class 1 with one of class 0. */
    private static double byPairs(float[] y, float[] t, float[] weights) {
        double right = 0, all = 0;
        for (int p = 0; p < t.length; p++) {
            for (int n = 0; n < t.length; n++) {
                if (t[p] != 1 || t[n] != 0) continue;
                double weight = (double) weights[p] * weights[n];
                int compared = Float.compare(y[2 * p + 1] - y[2 * p], y[2 * n + 1] - y[2 * n]);
                right += weight * (compared + 1) / 2;
                all += weight;
            }
        }
        return right / all;
    }

    @Test
    void outputsThatFallIntoBinsOfTheirOwnGiveTheExactArea() {
        Random64 random = new Random64(3);
        int rows = 300;
        float[] y = new float[2 * rows], t = new float[rows], weights = new float[rows];
        for (int r = 0; r < rows; r++) {
            t[r] = random.nextInt(2);
            y[2 * r + 1] = random.nextInt(41) - 20 + 3 * t[r]; // with ties
            weights[r] = 1 + random.nextInt(3);
        }
        assertEquals(byPairs(y, t, weights), auc(1000, 2, y, t, weights), 1e-12);
    }

    @Test
    void coarseBinsAreOffByNoMoreThanTheirTies() {
        Random64 random = new Random64(4);
        int rows = 2000;
        float[] y = new float[2 * rows], t = new float[rows], weights = new float[rows];
        for (int r = 0; r < rows; r++) {
            t[r] = random.nextInt(2);
            y[2 * r + 1] = (float) (random.nextGaussian() + t[r]);
            weights[r] = 1;
        }
        double exact = byPairs(y, t, weights);
        assertEquals(exact, auc(1000, 2, y, t, weights), 1e-4);
        assertEquals(exact, auc(50, 2, y, t, weights), 0.01);
    }

    @Test
    void whatIsSureAndRightIsOneAndWhatIsSureAndWrongIsZero() {
        float[] y = {0, 80, 0, 90, 80, 0, 90, 0}, ones = {1, 1, 1, 1};
        assertEquals(1, auc(10, 2, y, new float[] {1, 1, 0, 0}, ones));
        assertEquals(0, auc(10, 2, y, new float[] {0, 0, 1, 1}, ones));
        assertTrue(Double.isNaN(auc(10, 2, y, new float[] {1, 1, 1, 1}, ones)), "no pair");
    }

    @Test
    void ofManyClassesItIsTheMeanOverThem() {
        float[] ones = {1, 1, 1, 1}, t = {0, 1, 2, 0};
        float[] y = {
            3, 0, 0, //
            0, 3, 0, //
            0, 0, 3, //
            0, 9, 0 // of class 0, and the surest of class 1
        };
        double class0 = 2 / 4.0, class1 = 2 / 3.0, class2 = 1; // pairs in the right order
        assertEquals((class0 + class1 + class2) / 3, auc(1000, 3, y, t, ones), 1e-12);
    }
}
