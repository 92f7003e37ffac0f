package io.firesteel.layer;

import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.floats;

import io.firesteel.Bound;
import io.firesteel.array.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worked example of a fully connected layer: two rows, two inputs, three outputs. */
class DenseByHandTest {
    private final Bound dense = new Bound(new Dense(3), new Shape(2), 2);

    @BeforeEach
    void setNumbers() {
        Bound.set(dense.params, floats(.1, .2, .3, .4, .5, .6, /* b */ .1, .2, .3));
        Bound.set(dense.x, 1, 2, 3, 4);
        Bound.set(dense.dy, floats(.1, .2, .3, .4, .5, .6));
    }

    @Test
    void forwardIsXTimesWPlusB() {
        assertClose("y", floats(1.0, 1.4, 1.8, 2.0, 2.8, 3.6), dense.forward(), 1e-5);
    }

    @Test
    void backwardGivesDyTimesWTransposedToTheInput() {
        dense.forward();
        dense.backward();
        assertClose("dx", floats(.14, .32, .32, .77), dense.dx, 1e-5);
    }

    @Test
    void backwardGivesTheSumOverRowsToTheParameters() {
        dense.forward();
        dense.backward();
        assertClose("dW", floats(1.3, 1.7, 2.1, 1.8, 2.4, 3.0), Arrays.copyOf(dense.grads, 6), 1e-5);
        assertClose("db", floats(.5, .7, .9), Arrays.copyOfRange(dense.grads, 6, 9), 1e-5);
    }
}
