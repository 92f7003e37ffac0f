package io.firesteel.layer;

import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.floats;

import io.firesteel.Bound;
import io.firesteel.array.Shape;
import io.firesteel.optim.Sgd;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A published fully connected layer, 5 in and 3 out, with its printed output, input gradient, and weights after five
 * updates.
 */
class DenseUpdatesTest {
    private static final float[] W = floats(
            -2.02246258e-04,
            -2.86134686e-05,
            5.67536552e-05,
            -2.65147732e-05,
            3.46693399e-05,
            -4.84865213e-05,
            -8.56741462e-05,
            -1.36582254e-04,
            -1.63278178e-04,
            7.67300884e-05,
            4.15051110e-05,
            3.05435127e-05,
            2.03954211e-05,
            7.60062287e-05,
            -2.58280679e-04);

    private final Bound dense = new Bound(new Dense(3), new Shape(5), 2);

    @BeforeEach
    void setNumbers() {
        Bound.set(dense.params, Arrays.copyOf(W, 18));
        Bound.set(dense.x, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Bound.set(dense.dy, floats(0, .2, .4, .6, .8, 1));
    }

    @Test
    void forwardIsAsPrinted() {
        assertClose(
                "y",
                floats(-0.0001034, 0.00017703, -0.00169928, -0.00118995, 0.00011195, -0.00361302),
                dense.forward(),
                1e-8);
    }

    @Test
    void fiveUpdatesEndInThePrintedWeights() {
        update(5);
        assertClose(
                "W",
                floats(
                        -0.18020225,
                        -0.25002861,
                        -0.31994325,
                        -0.21002651,
                        -0.29996533,
                        -0.39004849,
                        -0.24008567,
                        -0.35013658,
                        -0.46016328,
                        -0.26992327,
                        -0.39995849,
                        -0.52996946,
                        -0.2999796,
                        -0.44992399,
                        -0.60025828),
                Arrays.copyOf(dense.params, 15),
                1e-6);
        assertClose("b", floats(-.03, -.05, -.07), Arrays.copyOfRange(dense.params, 15, 18), 1e-6);
    }

    @Test
    void theInputGradientAfterFourUpdatesIsThePrintedOne() {
        update(4);
        dense.forward();
        dense.backward();
        assertClose(
                "dx",
                floats(
                        -0.14238302,
                        -0.17281246,
                        -0.20329263,
                        -0.23357948,
                        -0.26408811,
                        -0.50248748,
                        -0.60483666,
                        -0.70752395,
                        -0.80949021,
                        -0.91218524),
                dense.dx,
                1e-6);
    }

    /** W -= eta X' dY, with the same dY every time. */
    private void update(int times) {
        for (int step = 1; step <= times; step++) {
            Arrays.fill(dense.grads, 0);
            dense.forward();
            dense.backward();
            new Sgd().step(dense.params, dense.grads, new float[0][], 0, 18, .01f, 0, step);
        }
    }
}
