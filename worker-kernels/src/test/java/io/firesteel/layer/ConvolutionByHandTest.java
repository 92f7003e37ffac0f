package io.firesteel.layer;

import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.gaussians;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.Bound;
import io.firesteel.array.Init;
import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A 3x3 image under a 2x2 kernel, every sum of its derivation written as a plain loop. */
class ConvolutionByHandTest {
    private final Bound conv = new Bound(new Conv2d(1, 2), new Shape(3, 3, 1), 1);
    private final float[] a = gaussians(1, 9); // [3, 3]
    private final float[] w = gaussians(2, 4); // [2, 2]
    private final float[] delta = gaussians(3, 4); // [2, 2]

    @BeforeEach
    void pass() {
        Bound.set(conv.params, w[0], w[1], w[2], w[3], 0.5f);
        Bound.set(conv.x, a);
        Bound.set(conv.dy, delta);
        conv.forward();
        conv.backward();
    }

    @Test
    void forwardIsTheCrossCorrelationPlusBias() {
        assertClose("z", plus(.5f, correlate(a, 3, w, 2)), conv.y, 1e-6);
    }

    @Test
    void theInputGradientIsThePaddedDeltaUnderTheKernelTurnedBy180Degrees() {
        float[] padded = new float[16]; // delta with a ring of zeros
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) padded[(i + 1) * 4 + j + 1] = delta[i * 2 + j];
        float[] transposed = {w[3], w[2], w[1], w[0]};
        assertClose("dx", correlate(padded, 4, transposed, 2), conv.dx, 1e-6);
    }

    @Test
    void theKernelGradientIsTheInputUnderDelta() {
        float[] found = {conv.grads[0], conv.grads[1], conv.grads[2], conv.grads[3]};
        assertClose("dw", correlate(a, 3, delta, 2), found, 1e-6);
    }

    @Test
    void theBiasGradientIsTheSumOfDelta() {
        assertClose("db", delta[0] + delta[1] + delta[2] + delta[3], conv.grads[4], 1e-6);
    }

    @Test
    void outputSideIsWMinusFPlus2POverSPlus1() {
        assertEquals(new Shape(3, 3, 8), conv(3, 2, "1").output(new Shape(5, 5, 2))); // (5 - 3 + 2)/2 + 1
        assertEquals(new Shape(6, 4, 8), conv(5, 1, "2").output(new Shape(6, 4, 1))); // (6 - 5 + 4)/1 + 1
        assertEquals(new Shape(4, 2, 8), conv(2, 3, "1").output(new Shape(9, 3, 1))); // (9 - 2 + 2)/3 + 1
    }

    @Test
    void explicitPaddingThatGivesNoWholeNumberIsAnError() {
        Exception error = assertThrows(
                IllegalArgumentException.class, () -> conv(3, 2, "1").output(new Shape(5, 6, 1)));
        assertEquals(
                "Conv2d: output width (W - F + 2P)/S + 1 = (6 - 3 + 2*1)/2 + 1 is not a whole number; "
                        + "change padding or stride, or use \"same\"",
                error.getMessage());
    }

    @Test
    void validPaddingRoundsDownAndSameRoundsUp() {
        assertEquals(new Shape(2, 3, 8), conv(3, 2, "valid").output(new Shape(6, 8, 1)));
        assertEquals(new Shape(3, 4, 8), conv(3, 2, "same").output(new Shape(6, 7, 1)));
    }

    @Test
    void aKernelLargerThanTheInputIsAnError() {
        Exception error =
                assertThrows(IllegalArgumentException.class, () -> new Conv2d(1, 4).output(new Shape(3, 5, 1)));
        assertEquals(
                "Conv2d: kernel height 4 is larger than the input: output height (3 - 4 + 2*0)/1 + 1 is below 1; "
                        + "use a smaller kernel or more padding",
                error.getMessage());
    }

    private static Conv2d conv(int kernel, int stride, String padding) {
        return new Conv2d(8, Size2d.of(kernel), Size2d.of(stride), Padding.parse(padding), true, new Init.He());
    }

    /** The valid correlation of the square image with the square kernel. */
    private static float[] correlate(float[] image, int side, float[] kernel, int small) {
        int out = side - small + 1;
        float[] sums = new float[out * out];
        for (int i = 0; i < out; i++)
            for (int j = 0; j < out; j++)
                for (int k = 0; k < small; k++)
                    for (int l = 0; l < small; l++)
                        sums[i * out + j] += image[(i + k) * side + j + l] * kernel[k * small + l];
        return sums;
    }

    private static float[] plus(float bias, float[] values) {
        for (int i = 0; i < values.length; i++) values[i] += bias;
        return values;
    }
}
