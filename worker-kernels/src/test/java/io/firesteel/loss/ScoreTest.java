package io.firesteel.loss;

import static io.firesteel.Numbers.floats;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScoreTest {
    @Test
    void scoresAddUpAndMeansAreTakenWhenRead() {
        Score sum = Score.ZERO.plus(new Score(3, 1, 2)).plus(new Score(5, 2, 2));
        assertEquals(new Score(8, 3, 4), sum);
        assertEquals(2, sum.loss());
        assertEquals(0.75, sum.accuracy());
    }

    @Test
    void aHitIsTheLargestOutputAtTheLabelAndTheFirstOfEqualsCounts() {
        float[] y = floats(1, 3, 2, /**/ 5, 5, 0, /**/ 5, 5, 0, /**/ -3, -2, -1);
        assertEquals(3, Score.hits(4, 3, y, floats(1, 0, 1, 2)));
    }
}
