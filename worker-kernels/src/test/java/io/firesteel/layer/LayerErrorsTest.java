package io.firesteel.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.op.Binder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What does not fit is refused before anything runs, with the place and the next move. */
class LayerErrorsTest {
    @Test
    void denseTakesVectors() {
        assertRefused(
                "layer 1, Dense[units=3, bias=true, init=He[gain=2.0]]: Dense takes vectors, got [8x8x3]; "
                        + "put Flatten before it",
                () -> new Sequential(new Relu(), new Dense(3)).output(new Shape(8, 8, 3)));
    }

    @Test
    void theKernelsTakeImages() {
        String message = " takes images [height x width x channels], got [784]; set the data's shape";
        assertRefused("Conv2d" + message, () -> new Conv2d(2, 3).output(new Shape(784)));
        assertRefused("MaxPool2d" + message, () -> new MaxPool2d(2).output(new Shape(784)));
        assertRefused("AveragePool2d" + message, () -> new AveragePool2d(2).output(new Shape(784)));
        assertRefused("GlobalAveragePool2d" + message, () -> new GlobalAveragePool2d().output(new Shape(784)));
        assertRefused("ZeroPad2d" + message, () -> new ZeroPad2d(1).output(new Shape(784)));
        assertRefused("Upsample" + message, () -> new Upsample(2).output(new Shape(784)));
    }

    @Test
    void aShapeThatDoesNotFitIsRefused() {
        assertRefused(
                "Reshape to [4x4x3] takes 48 numbers, got [7x7], which are 49",
                () -> new Reshape(new Shape(4, 4, 3)).output(new Shape(7, 7)));
        assertRefused(
                "ZeroPad2d takes no negative padding, got left 1, right 1, top -2, bottom 1",
                () -> new ZeroPad2d(1, null, -2, null));
    }

    @Test
    void groupsThatDoNotFitAreRefused() {
        assertRefused(
                "GroupNorm takes images [height x width x channels], got [784]; "
                        + "put it before Flatten, or use LayerNorm",
                () -> new GroupNorm(2).output(new Shape(784)));
        assertRefused(
                "GroupNorm: 6 channels cannot be cut into 4 equal groups; take a divisor of 6",
                () -> new GroupNorm(4).output(new Shape(8, 8, 6)));
        assertRefused("GroupNorm needs at least one group, got 0", () -> new GroupNorm(0));
        assertRefused("LayerNorm needs epsilon > 0, got 0.0", () -> new LayerNorm(0));
    }

    @Test
    void whatCannotBeAddedIsRefused() {
        assertRefused(
                "Residual adds its input [8x8x3] to its layers' output [6x6x2]; "
                        + "keep the shape, or give it a shortcut to [6x6x2]",
                () -> new Residual(new Conv2d(2, 3)).output(new Shape(8, 8, 3)));
        assertRefused(
                "Residual adds its shortcut's output [8x8x2] to its layers' output [6x6x2]; "
                        + "change one of them so that both have one shape",
                () -> new Residual(List.of(new Conv2d(2, 3)), List.of(new Conv2d(2, 1))).output(new Shape(8, 8, 3)));
        assertRefused(
                "layer 1, Residual: in its shortcut, layer 0, GroupNorm[groups=2, epsilon=1.0E-5]: GroupNorm: "
                        + "3 channels cannot be cut into 2 equal groups; take a divisor of 3",
                () -> new Sequential(new Relu(), new Residual(List.of(new Relu()), List.of(new GroupNorm(2))))
                        .output(new Shape(8, 8, 3)));
    }

    @Test
    void aPoolsPaddingIsAtMostHalfItsKernel() {
        assertRefused(
                "MaxPool2d: padding 2 is more than half the kernel 3",
                () -> new MaxPool2d(Size2d.of(3), null, Padding.of(2)));
        assertRefused(
                "AveragePool2d: padding 0x2 is more than half the kernel 3",
                () -> new AveragePool2d(Size2d.of(3), null, Padding.parse("0x2")));
    }

    @Test
    void emptyLayersAreRefused() {
        assertRefused("Conv2d needs at least one filter, got 0", () -> new Conv2d(0, 3));
        assertRefused("Dense needs at least one unit, got -1", () -> new Dense(-1));
        assertRefused("Sequential needs at least one layer", Sequential::new);
        assertRefused("Residual needs at least one layer", Residual::new);
        assertRefused("a size is positive, got 0x2", () -> Size2d.parse("0x2"));
        assertRefused("padding is not negative, got -1x2", () -> new Padding(-1, 2));
    }

    @Test
    void aModelThatNoVectorHoldsIsRefused() {
        Sequential net = new Sequential(new Dense(40_000), new Dense(40_000), new Dense(40_000));
        assertRefused(
                "up to 1-Dense/w the model has more than 2^31-1 parameters",
                () -> net.bind(new Shape(20_000), new Binder(0)));
    }

    @Test
    void aBatchThatNoArrayHoldsIsRefused() {
        assertRefused(
                "3000000 rows of 1000 numbers are more than an array holds; take fewer rows at a time",
                () -> new Binder(3_000_000).rows(1000));
    }

    private static void assertRefused(String message, Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
