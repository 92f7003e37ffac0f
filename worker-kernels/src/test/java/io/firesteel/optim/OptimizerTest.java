package io.firesteel.optim;

import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.gaussians;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.spec.Specs;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer beside its equation, for one number in double precision. */
class OptimizerTest {
    private static final int N = 11, STEPS = 30;
    private static final double RATE = 0.02;

    /** w after the step; {@code s} is the number's own state, zero at first. */
    interface Equation {
        double step(double w, double g, double[] s, double decay, int t);
    }

    record Case(Optimizer optimizer, Equation equation) {
        @Override
        public String toString() {
            return optimizer.toString();
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                new Case(new Sgd(), (w, g, s, decay, t) -> w - RATE * (g + decay * w)),
                new Case(new Sgd(0.9, false), (w, g, s, decay, t) -> {
                    s[0] = 0.9 * s[0] + g + decay * w;
                    return w - RATE * s[0];
                }),
                new Case(new Sgd(0.8, true), (w, g, s, decay, t) -> {
                    double d = g + decay * w;
                    s[0] = 0.8 * s[0] + d;
                    return w - RATE * (d + 0.8 * s[0]);
                }),
                new Case(new RmsProp(0.95, 1e-5), (w, g, s, decay, t) -> {
                    double d = g + decay * w;
                    s[0] = 0.95 * s[0] + 0.05 * d * d;
                    return w - RATE * d / (Math.sqrt(s[0]) + 1e-5);
                }),
                new Case(new Adagrad(1e-5), (w, g, s, decay, t) -> {
                    double d = g + decay * w;
                    s[0] += d * d;
                    return w - RATE * d / (Math.sqrt(s[0]) + 1e-5);
                }),
                new Case(new Lion(0.8, 0.95), (w, g, s, decay, t) -> {
                    double u = Math.signum(0.8 * s[0] + 0.2 * g);
                    s[0] = 0.95 * s[0] + 0.05 * g;
                    return w - RATE * (u + decay * w);
                }),
                new Case(new NAdam(0.8, 0.99, 1e-8, 0.02), (w, g, s, decay, t) -> {
                    double d = g + decay * w, now = momentum(t), next = momentum(t + 1), product = 1;
                    for (int i = 1; i <= t; i++) product *= momentum(i);
                    s[0] = 0.8 * s[0] + 0.2 * d;
                    s[1] = 0.99 * s[1] + 0.01 * d * d;
                    double up = (1 - now) * d / (1 - product) + next * s[0] / (1 - product * next);
                    return w - RATE * up / (Math.sqrt(s[1] / (1 - Math.pow(0.99, t))) + 1e-8);
                }),
                new Case(new Adam(), (w, g, s, decay, t) -> w - adam(g + decay * w, s, 0.9, 0.999, t)),
                new Case(
                        new AdamW(0.8, 0.99, 1e-8),
                        (w, g, s, decay, t) -> w - RATE * decay * w - adam(g, s, 0.8, 0.99, t)));
    }

    @Test
    void momentumIsChangedWhereThereIsOne() {
        assertEquals(Optional.of(new Sgd(0.5, true)), new Sgd(0.9, true).withMomentum(0.5));
        assertEquals(Optional.of(new Lars(0.5, 0.01)), new Lars(0.9, 0.01).withMomentum(0.5));
        assertEquals(Optional.empty(), new Adam().withMomentum(0.5));
    }

    private static double momentum(int t) {
        return 0.8 * (1 - 0.5 * Math.pow(0.96, t * 0.02));
    }

    private static double adam(double d, double[] s, double beta1, double beta2, int t) {
        s[0] = beta1 * s[0] + (1 - beta1) * d;
        s[1] = beta2 * s[1] + (1 - beta2) * d * d;
        double m = s[0] / (1 - Math.pow(beta1, t)), v = s[1] / (1 - Math.pow(beta2, t));
        return RATE * m / (Math.sqrt(v) + 1e-8);
    }

    @Test
    void everyPermittedOptimizerHasACase() {
        Set<Class<?>> cases = all().map(each -> each.optimizer().getClass()).collect(Collectors.toSet());
        Set<Class<?>> wanted = new HashSet<>(Specs.kinds(Optimizer.class));
        wanted.removeAll(Set.of(Lars.class, Lamb.class)); // no equation for one number: LayerwiseTest
        assertEquals(wanted, cases);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStepIsItsEquation(Case each) {
        for (float decay : new float[] {0, 0.25f}) {
            float[] w = gaussians(1, N);
            float[][] slots = new float[each.optimizer.slots()][N];
            double[] wanted = new double[N];
            double[][] state = new double[N][2];
            for (int i = 0; i < N; i++) wanted[i] = w[i];
            for (int t = 1; t <= STEPS; t++) {
                float[] g = gaussians(10 + t, N), before = g.clone();
                each.optimizer.step(w, g, slots, 0, N, (float) RATE, decay, t);
                assertArrayEquals(before, g, "the gradient is read alone");
                for (int i = 0; i < N; i++) {
                    wanted[i] = each.equation.step(wanted[i], g[i], state[i], decay, t);
                    assertClose("decay " + decay + ", step " + t + ", w[" + i + "]", wanted[i], w[i], 5e-6);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void updatingARangeInPiecesIsUpdatingItWhole(Case each) {
        float[] whole = gaussians(1, N), pieces = whole.clone();
        float[][] wholeSlots = new float[each.optimizer.slots()][N], pieceSlots = new float[each.optimizer.slots()][N];
        for (int t = 1; t <= 3; t++) {
            float[] g = gaussians(10 + t, N);
            each.optimizer.step(whole, g, wholeSlots, 0, N, 0.1f, 0.01f, t);
            each.optimizer.step(pieces, g, pieceSlots, 4, N, 0.1f, 0.01f, t);
            each.optimizer.step(pieces, g, pieceSlots, 0, 4, 0.1f, 0.01f, t);
        }
        assertArrayEquals(whole, pieces);
        for (int i = 0; i < wholeSlots.length; i++) assertArrayEquals(wholeSlots[i], pieceSlots[i]);
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingOutsideTheRangeChanges(Case each) {
        float[] w = gaussians(1, N), before = w.clone();
        float[][] slots = new float[each.optimizer.slots()][N];
        each.optimizer.step(w, gaussians(2, N), slots, 3, 7, 0.1f, 0.01f, 1);
        for (int i = 0; i < N; i++) {
            assertEquals(i < 3 || i >= 7, w[i] == before[i], "w[" + i + "]");
            for (float[] slot : slots) assertEquals(i < 3 || i >= 7, slot[i] == 0, "slot[" + i + "]");
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertRefused("momentum is in [0, 1), got 1.0", () -> new Sgd(1, false));
        assertRefused("nesterov needs a momentum above 0", () -> new Sgd(0, true));
        assertRefused("alpha is in [0, 1), got -0.1", () -> new RmsProp(-0.1, 1e-8));
        assertRefused("epsilon is above 0, got 0.0", () -> new RmsProp(0.9, 0));
        assertRefused("beta1 is in [0, 1), got NaN", () -> new Adam(Double.NaN, 0.9, 1e-8));
        assertRefused("beta2 is in [0, 1), got 1.0", () -> new AdamW(0.9, 1, 1e-8));
        assertRefused("epsilon is above 0, got -1.0", () -> new Adagrad(-1));
        assertRefused("beta2 is in [0, 1), got 1.5", () -> new Lion(0.9, 1.5));
        assertRefused("momentumDecay is 0 or more, got -1.0", () -> new NAdam(0.9, 0.99, 1e-8, -1));
        assertRefused("trust is above 0, got 0.0", () -> new Lars(0.9, 0));
        assertRefused("beta1 is in [0, 1), got 2.0", () -> new Lamb(2, 0.9, 1e-6));
    }

    private static void assertRefused(String message, Runnable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction::run).getMessage());
    }
}
