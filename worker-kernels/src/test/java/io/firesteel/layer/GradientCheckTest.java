package io.firesteel.layer;

import static io.firesteel.Numbers.apart;
import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.gaussians;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Bound;
import io.firesteel.spec.Specs;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backward against central differences of forward, under the loss L = sum of dy_i y_i, summed in double. */
class GradientCheckTest {
    private static final float H = 1 / 128f; // exact in binary; inputs stand at least 0.015 from a kink
    private static final int CHECKED = 300; // of each array, evenly spread

    @Test
    void everyPermittedLayerHasACase() {
        Set<Class<?>> cases = Case.all().map(c -> c.layer().getClass()).collect(Collectors.toSet());
        assertEquals(new HashSet<>(Specs.kinds(Layer.class)), cases);
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.layer.Case#all")
    void theGradientsAreThoseOfCentralDifferences(Case each) {
        Bound bound = filled(each);
        bound.forward();
        bound.backward();
        check("dx", bound.x, bound.dx.clone(), () -> loss(bound));
        check("dparams", bound.params, bound.grads.clone(), () -> loss(bound));
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.layer.Case#all")
    void gradientsAddToWhatIsThereAndInputGradientsOverwrite(Case each) {
        Bound bound = filled(each);
        bound.forward();
        bound.backward();
        float[] once = bound.grads.clone(), dx = bound.dx.clone(), twice = new float[once.length];
        for (int i = 0; i < once.length; i++) twice[i] = 2 * once[i];
        bound.backward();
        assertClose("grads", twice, bound.grads, 1e-5);
        assertClose("dx", dx, bound.dx, 0);
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.layer.Case#all")
    void withoutAnInputGradientTheOthersAreTheSame(Case each) {
        Bound bound = filled(each), other = filled(each);
        bound.forward();
        bound.backward();
        other.forward();
        other.op.backward(other.pass, other.x, other.y, other.dy, null);
        assertClose("grads", bound.grads, other.grads, 0);
    }

    @ParameterizedTest
    @MethodSource("io.firesteel.layer.Case#all")
    void backwardLeavesTheInputAndTheOutputsGradientAsTheyWere(Case each) {
        Bound bound = filled(each);
        float[] x = bound.x.clone(), dy = bound.dy.clone();
        bound.forward();
        bound.backward();
        assertArrayEquals(x, bound.x);
        assertArrayEquals(dy, bound.dy);
    }

    static Stream<Case> thatDoNotReadTheirOutput() {
        return Case.all().filter(each -> !new Bound(each.layer(), each.shape(), each.rows()).op.readsOutput());
    }

    @ParameterizedTest
    @MethodSource("thatDoNotReadTheirOutput")
    void theOutputMayBeOverwrittenBeforeBackwardWhereItIsNotRead(Case each) {
        Bound bound = filled(each), other = filled(each);
        bound.forward();
        bound.backward();
        Arrays.fill(other.forward(), Float.NaN);
        other.backward();
        assertArrayEquals(bound.dx, other.dx);
        assertArrayEquals(bound.grads, other.grads);
    }

    private static Bound filled(Case each) {
        Bound bound = new Bound(each.layer(), each.shape(), each.rows());
        Bound.set(bound.x, apart(5, bound.x.length));
        Bound.set(bound.dy, gaussians(2, bound.dy.length));
        for (int i = 0; i < bound.params.length; i++) bound.params[i] += 0.1f * (i % 3 - 1); // biases are not zero
        return bound;
    }

    private static double loss(Bound bound) {
        bound.forward();
        double sum = 0;
        for (int i = 0; i < bound.y.length; i++) sum += (double) bound.dy[i] * bound.y[i];
        return sum;
    }

    private static void check(String what, float[] at, float[] gradient, DoubleSupplier loss) {
        for (int i = 0; i < at.length; i += Math.max(1, at.length / CHECKED)) {
            float kept = at[i], above = kept + H, below = kept - H;
            at[i] = above;
            double up = loss.getAsDouble();
            at[i] = below;
            double down = loss.getAsDouble();
            at[i] = kept;
            assertClose(what + "[" + i + "]", (up - down) / (above - below), gradient[i], 1e-3);
        }
    }
}
