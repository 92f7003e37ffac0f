package io.firesteel.loss;

import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.gaussians;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.spec.Specs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** dy against central differences of the loss, for every permitted loss and kind of target. */
class LossGradientTest {
    private static final int ROWS = 5;
    private static final float H = 1 / 128f;

    record Case(Loss loss, int n, int width) {
        float[] targets() {
            if (width == n) return gaussians(2, ROWS * n);
            float[] labels = new float[ROWS];
            for (int r = 0; r < ROWS; r++) labels[r] = (r * 2) % n;
            return labels;
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                new Case(new SoftmaxCrossEntropy(), 4, 1),
                new Case(new SoftmaxCrossEntropy(0.1, List.of(0.5, 1.0, 2.0, 3.0)), 4, 1),
                new Case(new AbsoluteError(), 3, 3),
                new Case(new Huber(0.5), 3, 3),
                new Case(new Quantile(0.9), 3, 3),
                new Case(new Poisson(), 3, 3),
                new Case(new BinaryCrossEntropy(), 3, 3),
                new Case(new BinaryCrossEntropy(), 4, 1),
                new Case(new SquaredError(), 3, 3),
                new Case(new SquaredError(), 4, 1),
                new Case(new SquaredError(), 1, 1));
    }

    @Test
    void everyPermittedLossHasACase() {
        Set<Class<?>> cases = all().map(c -> c.loss().getClass()).collect(Collectors.toSet());
        assertEquals(new HashSet<>(Specs.kinds(Loss.class)), cases);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theGradientIsThatOfCentralDifferences(Case c) {
        float[] y = gaussians(1, ROWS * c.n), t = c.targets(), dy = new float[y.length];
        c.loss.apply(ROWS, c.n, c.width, y, t, dy);
        for (int i = 0; i < y.length; i++) {
            float kept = y[i], above = kept + H, below = kept - H;
            y[i] = above;
            double up = c.loss.apply(ROWS, c.n, c.width, y, t, null);
            y[i] = below;
            double down = c.loss.apply(ROWS, c.n, c.width, y, t, null);
            y[i] = kept;
            assertClose("dy[" + i + "]", (up - down) / (above - below), dy[i], 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theLossIsASumOverRows(Case c) {
        float[] y = gaussians(1, ROWS * c.n), t = c.targets();
        double sum = 0;
        for (int r = 0; r < ROWS; r++) {
            float[] row = java.util.Arrays.copyOfRange(y, r * c.n, (r + 1) * c.n);
            float[] target = java.util.Arrays.copyOfRange(t, r * c.width, (r + 1) * c.width);
            sum += c.loss.apply(1, c.n, c.width, row, target, null);
        }
        assertClose("loss", sum, c.loss.apply(ROWS, c.n, c.width, y, t, null), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRowsWeightMultipliesItsLossAndItsGradient(Case c) {
        float[] y = gaussians(1, ROWS * c.n), t = c.targets(), weights = new float[ROWS];
        float[] dy = new float[y.length], plain = new float[y.length];
        double sum = 0;
        for (int r = 0; r < ROWS; r++) {
            weights[r] = r == 1 ? 0 : 0.5f + r;
            float[] row = java.util.Arrays.copyOfRange(y, r * c.n, (r + 1) * c.n);
            float[] target = java.util.Arrays.copyOfRange(t, r * c.width, (r + 1) * c.width);
            sum += weights[r] * c.loss.apply(1, c.n, c.width, row, target, null);
        }
        c.loss.apply(ROWS, c.n, c.width, y, t, plain);
        assertClose("loss", sum, c.loss.apply(ROWS, c.n, c.width, y, t, weights, dy), 1e-12);
        for (int i = 0; i < y.length; i++) assertClose("dy[" + i + "]", weights[i / c.n] * plain[i], dy[i], 1e-6);
    }
}
