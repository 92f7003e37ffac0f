package io.firesteel.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.AveragePool2d;
import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Layer;
import io.firesteel.layer.MaxPool2d;
import io.firesteel.layer.Relu;
import io.firesteel.layer.Residual;
import io.firesteel.layer.Sequential;
import io.firesteel.layer.Tanh;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinderTest {
    private static final Sequential NET = new Sequential(
            new Conv2d(4, 3),
            new Relu(),
            new MaxPool2d(2),
            new Flatten(),
            new Sequential(new Dense(6), new Tanh()),
            new Dense(3));

    private static Binder bound(int maxRows) {
        Binder binder = new Binder(maxRows);
        NET.bind(new Shape(8, 6, 2), binder);
        return binder;
    }

    @Test
    void slicesAreNamedByTheirPlaceAndLieWithoutGaps() {
        List<ParamSlice> params = bound(5).layout().params();
        assertEquals(
                List.of(
                        "0-Conv2d/w",
                        "0-Conv2d/b",
                        "4-Sequential/0-Dense/w",
                        "4-Sequential/0-Dense/b",
                        "5-Dense/w",
                        "5-Dense/b"),
                params.stream().map(ParamSlice::name).toList());
        assertEquals(
                List.of(0, 72, 76, 220, 226, 244),
                params.stream().map(ParamSlice::offset).toList());
        for (ParamSlice param : params)
            assertEquals(param.name().endsWith("/w") ? ParamSlice.Role.WEIGHT : ParamSlice.Role.BIAS, param.role());
    }

    @Test
    void theLayoutDoesNotDependOnTheRows() {
        assertEquals(bound(0).layout(), bound(5).layout());
    }

    @Test
    void memoryGrowsWithTheRowsAlone() {
        long one = edges(1);
        assertEquals(4 * (24 + 6 + 24 + 24 + 6), one); // two edges, two gradients, dx' of Dense; none for Flatten
        assertEquals(0, edges(0));
        assertEquals(10 * one, edges(10));
    }

    @Test
    void aResidualTakesMemoryOnlyWhereAnOperationNeedsIt() {
        Layer keepsY = new Tanh();
        assertEquals(0, taken(new Residual(new AveragePool2d(1)))); // f in y, dx += dy
        assertEquals(4 * 24, taken(new Residual(keepsY)));
        assertEquals(4 * 24, taken(new Residual(List.of(new AveragePool2d(1)), List.of(new AveragePool2d(1)))));
        assertEquals(2 * 4 * 24, taken(new Residual(List.of(new AveragePool2d(1)), List.of(keepsY))));
    }

    private static long taken(Layer layer) {
        Binder binder = new Binder(1);
        layer.bind(new Shape(4, 6, 1), binder);
        return binder.scratchBytes();
    }

    private static long edges(int maxRows) {
        Binder binder = new Binder(maxRows);
        new Sequential(new Tanh(), new AveragePool2d(2), new Flatten(), new Dense(3)).bind(new Shape(4, 6, 1), binder);
        return binder.scratchBytes();
    }
}
