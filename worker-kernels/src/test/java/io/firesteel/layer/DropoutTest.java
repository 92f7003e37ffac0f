package io.firesteel.layer;

import static io.firesteel.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.Bound;
import io.firesteel.array.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DropoutTest {
    private static final int ROWS = 50;
    private static final int WIDTH = 400;

    private static Bound bound(Layer layer, int rows) {
        Bound bound = new Bound(layer, new Shape(WIDTH), rows);
        Arrays.fill(bound.x, 1);
        return bound;
    }

    @Test
    void theFractionIsDroppedAndTheRestScaledSoThatTheMeanStays() {
        for (double p : new double[] {0, 0.1, 0.5, 0.9}) {
            float[] y = bound(new Dropout(p), ROWS).forward();
            int dropped = 0;
            double sum = 0;
            for (float each : y) {
                if (each == 0) dropped++;
                else assertEquals((float) (1 / (1 - p)), each);
                sum += each;
            }
            double deviation = Math.sqrt(p * (1 - p) / y.length);
            assertEquals(p, (double) dropped / y.length, 4 * deviation);
            assertEquals(1, sum / y.length, 4 * deviation / (1 - p));
        }
    }

    @Test
    void evaluationDropsNothing() {
        Bound bound = bound(new Dropout(0.5), ROWS);
        bound.pass.training = false;
        assertArrayEquals(bound.x, bound.forward());
    }

    @Test
    void whatIsDroppedDependsOnSeedEpochRowAndLayerAlone() {
        float[] whole = bound(new Dropout(0.5), ROWS).forward();
        Bound part = bound(new Dropout(0.5), 2);
        part.pass.rowIds = new long[] {31, 7};
        part.pass.step = 99;
        float[] rows = part.forward();
        assertArrayEquals(row(whole, 31), row(rows, 0));
        assertArrayEquals(row(whole, 7), row(rows, 1));
        part.pass.epoch = 1;
        assertFalse(Arrays.equals(row(whole, 7), row(part.forward(), 1)));
        part.pass.epoch = 0;
        part.pass.seed = 1;
        assertFalse(Arrays.equals(row(whole, 7), row(part.forward(), 1)));
        float[] two =
                bound(new Sequential(new Dropout(0.5), new Dropout(0.5)), ROWS).forward();
        long kept = 0;
        for (float each : two) if (each != 0) kept++;
        assertClose("kept by both", 0.25, (double) kept / two.length, 0.05);
    }

    @Test
    void inEachBranchOfAResidualOthersAreDropped() {
        List<Layer> dropout = List.of(new Dropout(0.5));
        int[] kept = new int[3];
        for (float each : bound(new Residual(dropout, dropout), ROWS).forward()) kept[(int) each / 2]++;
        assertClose("kept by one", 0.5, (double) kept[1] / (ROWS * WIDTH), 0.05);
        assertClose("kept by both", 0.25, (double) kept[2] / (ROWS * WIDTH), 0.05);
    }

    private static float[] row(float[] y, int row) {
        return Arrays.copyOfRange(y, row * WIDTH, (row + 1) * WIDTH);
    }

    @Test
    void aChannelIsDroppedAsAWholeAndInEachRowAnother() {
        int pixels = 6;
        Bound bound = new Bound(new Dropout2d(0.5), new Shape(2, 3, WIDTH), 2);
        Arrays.fill(bound.x, 1);
        float[] y = bound.forward(), channels = bound(new Dropout(0.5), 2).forward();
        for (int row = 0; row < 2; row++)
            for (int pixel = 0; pixel < pixels; pixel++)
                assertArrayEquals(row(channels, row), row(y, row * pixels + pixel));
    }

    @Test
    void aFractionThatDropsEverythingIsRefused() {
        for (double p : new double[] {-0.1, 1, Double.NaN})
            for (Executable layer : new Executable[] {() -> new Dropout(p), () -> new Dropout2d(p)})
                assertThrows(IllegalArgumentException.class, layer);
    }
}
