package io.firesteel.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Shape;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.loss.SquaredError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ModelSpecTest {
    private static ModelSpec dense(int outputs, int targets) {
        return new ModelSpec(
                new Shape(4), Normalization.NONE, new Sequential(new Dense(outputs)), new SquaredError(), targets);
    }

    @Test
    void oneTargetForSeveralOutputsIsAClassLabel() {
        assertTrue(dense(3, 1).classifies());
        assertFalse(dense(1, 1).classifies());
        assertFalse(dense(3, 3).classifies());
    }

    @Test
    void targetsThatDoNotFitTheOutputsAreRefused() {
        assertRefused(
                "SquaredError needs one target an output, the model ends with [3], the data has 2", () -> dense(3, 2));
        assertRefused(
                "SoftmaxCrossEntropy takes class labels, got 3 values per row",
                () -> new ModelSpec(
                        new Shape(4), Normalization.NONE, new Sequential(new Dense(3)), new SoftmaxCrossEntropy(), 3));
    }

    @Test
    void moreRowsThanThereIsRoomForAreRefused() {
        CompiledModel program = new CompiledModel(dense(3, 3), 2);
        assertRefused("3 rows, the model was compiled for 2", () -> program.predict(new float[15], 3));
    }

    @Test
    void normalizationIsRawMinusMeanOverStd() {
        Normalization each = new Normalization(List.of(0.5, 0.25), List.of(0.5, 2.0));
        float[] scale = each.scale(2, 255), shift = each.shift(2);
        for (int c = 0; c < 2; c++)
            assertEquals((100 / 255.0 - each.mean().get(c)) / each.std().get(c), scale[c] * 100 + shift[c], 1e-6);
        assertArrayEquals(new float[] {1, 1, 1}, Normalization.NONE.scale(3, 1));
        assertArrayEquals(new float[] {0, 0, 0}, Normalization.NONE.shift(3), 1e-30f); // the sign does not matter
    }

    @Test
    void aNormalizationThatDividesByZeroOrFitsNoChannelIsRefused() {
        assertRefused("std is above 0, got 0.0", () -> new Normalization(List.of(0.0), List.of(1.0, 0.0)));
        assertRefused(
                "2 values, wanted 1 or one for each of 3 channels of [8x8x3]",
                () -> new Normalization(List.of(0.0), List.of(1.0, 2.0)).check(new Shape(8, 8, 3)));
    }

    private static void assertRefused(String message, Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
