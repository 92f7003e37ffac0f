package io.firesteel.internal.persistent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.firesteel.internal.gradient.FloatSlice;
import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.metric.Sums;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message arrives as it was sent. */
class SumMessageTest {
    @Test
    void sumsWithAndWithoutGradientsGoThereAndBack() throws IOException {
        Sums sums = new Sums(2);
        sums.lossSum = 0.1;
        sums.rows = 3;
        sums.weight = 2.5;
        sums.slots[1] = 7;
        GradientSum first =
                new GradientSum(4, 8, new FloatSlice(new float[] {1.5f, -0f, Float.NaN}), sums, new double[] {0.25});
        first.times.add(new TaskTime("here", 4, 8, 1, 2, 3, 4, 5));
        GradientSum second = new GradientSum(8, 9, null, new Sums(0), new double[0]);
        SumMessage sent = new SumMessage(12, 3, 99, List.of(first, second));
        byte[] bytes = VectorMessage.of(sent.head(), sent.gradients());

        SumMessage start = SumMessage.start(VectorMessage.head(bytes));
        assertEquals(List.of(12L, 3, 99L), List.of(start.shift(), start.joined(), start.number()));
        VectorMessage.receive(bytes, new VectorMessage.Recipient() {
            @Override
            public void received(VectorMessage.VectorInput vectors) throws IOException {
                SumMessage got = SumMessage.read(VectorMessage.head(bytes), vectors, float[]::new);
                assertEquals(2, got.sums().size());
                GradientSum one = got.sums().get(0), two = got.sums().get(1);
                assertEquals("4-8", one.from + "-" + one.to());
                assertArrayEquals(first.gradient(), one.gradient());
                assertArrayEquals(first.squares(), one.squares());
                assertEquals(0.1, one.sums().lossSum);
                assertEquals(3, one.sums().rows);
                assertEquals(2.5, one.sums().weight);
                assertArrayEquals(sums.slots, one.sums().slots);
                assertEquals(1, one.times.size());
                assertFalse(two.hasGradient());
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError(cause);
            }
        });
    }
}
