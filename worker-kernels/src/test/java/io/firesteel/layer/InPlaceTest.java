package io.firesteel.layer;

import static io.firesteel.Numbers.gaussians;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Bound;
import io.firesteel.array.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operation that can work in place gives the same bits when it does. */
class InPlaceTest {
    static Stream<Case> inPlace() {
        return Case.all().filter(each -> new Bound(each.layer(), each.shape(), each.rows()).op.inPlace());
    }

    @Test
    void flattenDropoutAndTheActivationsThatNeverFallCan() {
        assertEquals(
                List.of(
                        new Reshape(Shape.parse("2x3x4")),
                        new Flatten(),
                        new Relu(),
                        new Sigmoid(),
                        new Tanh(),
                        new LeakyRelu(0.2),
                        new Elu(1.5),
                        new Softplus(),
                        new Softmax(),
                        new Softmax(),
                        new Dropout(0.4),
                        new Dropout2d(0.4)),
                inPlace().map(Case::layer).toList());
    }

    @ParameterizedTest
    @MethodSource("inPlace")
    void outputsAndGradientsAreTheSame(Case each) {
        Bound apart = new Bound(each.layer(), each.shape(), each.rows());
        Bound.set(apart.x, gaussians(1, apart.x.length));
        Bound.set(apart.dy, gaussians(2, apart.dy.length));
        float[] edge = apart.x.clone(), gradient = apart.dy.clone();
        apart.forward();
        apart.backward();
        apart.op.forward(apart.pass, edge, edge);
        apart.op.backward(apart.pass, edge, edge, gradient, gradient);
        assertArrayEquals(apart.y, edge);
        assertArrayEquals(apart.dx, gradient);
    }

    /**
     * The same net, once with layers that share buffers and once each in a chain of its own, which keeps them apart.
     */
    @Test
    void aChainThatSharesBuffersGivesTheSameAsOneThatDoesNot() {
        Layer[] layers = {
            new Dense(6),
            new Relu(),
            new Flatten(),
            new Tanh(),
            new Silu(),
            new Sigmoid(),
            new Gelu(),
            new Softmax(),
            new Elu(),
            new Dense(4),
            new Flatten(),
            new Flatten(),
            new Sigmoid(),
            new Relu()
        };
        Layer[] wrapped = Stream.of(layers).map(Sequential::new).toArray(Layer[]::new);
        Case flat = new Case(new Sequential(layers), "5", 3), nested = new Case(new Sequential(wrapped), "5", 3);
        Bound shared = new Bound(flat.layer(), flat.shape(), 3), apart = new Bound(nested.layer(), nested.shape(), 3);
        for (Bound bound : List.of(shared, apart)) {
            Bound.set(bound.x, gaussians(1, bound.x.length));
            Bound.set(bound.dy, gaussians(2, bound.dy.length));
            bound.forward();
            bound.backward();
        }
        assertArrayEquals(apart.y, shared.y);
        assertArrayEquals(apart.dx, shared.dx);
        assertArrayEquals(apart.grads, shared.grads);
    }
}
