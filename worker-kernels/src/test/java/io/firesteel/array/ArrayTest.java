package io.firesteel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Shapes, layouts and loops over ranges. */
class ArrayTest {
    @Test
    void aShapeIsItsSizes() {
        Shape shape = Shape.parse("28x30x3");
        assertEquals(new Shape(28, 30, 3), shape);
        assertEquals("28x30x3", shape.toString());
        assertEquals(3, shape.rank());
        assertEquals(28 * 30 * 3, shape.size());
        assertEquals(new Shape(784), Shape.parse("784"));
        shape.dims()[0] = 1;
        assertEquals(28, shape.dim(0), "nobody changes a shape");
    }

    @Test
    void aShapeThatCannotBeIsRefused() {
        assertShapeError("a shape has positive sizes, got [3, 0]", 3, 0);
        assertShapeError("a shape holds at most 2^31-1 numbers, got [65536, 65536]", 65536, 65536);
        assertShapeError("a shape has at least one size", new int[0]);
        assertEquals(
                "found \"\", wanted a shape such as 784 or 28x28x1",
                assertThrows(IllegalArgumentException.class, () -> Shape.parse(""))
                        .getMessage());
    }

    private static void assertShapeError(String message, int... dims) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new Shape(dims))
                        .getMessage());
    }

    @Test
    void aLayoutKnowsWhichSliceHoldsAnIndex() {
        ParamSlice w = new ParamSlice("w", 0, new Shape(2, 3), ParamSlice.Role.WEIGHT, new Init.He(), 2, 3);
        ParamSlice b = new ParamSlice("b", 6, new Shape(3), ParamSlice.Role.BIAS, new Init.Zeros(), 2, 3);
        ParamLayout layout = new ParamLayout(List.of(w, b));
        assertEquals(9, layout.size());
        assertEquals(w, layout.at(5));
        assertEquals(b, layout.at(6));
        assertThrows(IndexOutOfBoundsException.class, () -> layout.at(9));
        assertEquals(0, new ParamLayout(List.of()).size());
    }

    @Test
    void loopsKeepToTheirRange() {
        float[] v = {1, 2, 3, 4};
        Floats.add(new float[] {10, 20, 30, 40}, v, 1, 3);
        assertArrayEquals(new float[] {1, 22, 33, 4}, v);
        Floats.scale(v, 2, 2, 4);
        assertArrayEquals(new float[] {1, 22, 66, 8}, v);
        Floats.divide(v, 4, 0, 2);
        assertArrayEquals(new float[] {0.25f, 5.5f, 66, 8}, v);
        float[] long9 = {1, 2, 3, 4, 5, 6, 7, 8, 1e20f};
        assertEquals(204, Floats.squares(long9, 0, 8));
        assertEquals(4 + 9 + 16 + 25 + 36 + 49, Floats.squares(long9, 1, 7));
        assertEquals(1e40, Floats.squares(long9, 8, 9), 1e33); // beyond float
    }

    @Test
    void theFirstNumberThatIsNotFiniteIsFound() {
        float[] v = {Float.NaN, 1, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.NaN};
        assertEquals(-1, Floats.firstNonFinite(v, 1, 3));
        assertEquals(3, Floats.firstNonFinite(v, 1, 5));
        assertEquals(0, Floats.firstNonFinite(v, 0, 5));
        assertEquals(4, Floats.firstNonFinite(v, 4, 5));
        assertEquals(-1, Floats.firstNonFinite(v, 2, 2));
    }
}
