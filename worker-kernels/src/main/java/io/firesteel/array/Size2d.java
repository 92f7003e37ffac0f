package io.firesteel.array;

import io.firesteel.spec.JsonName;
import java.io.Serializable;

/** Height and width of a kernel or a stride: "5" or "5x3". */
@JsonName("size")
public record Size2d(int height, int width) implements Serializable {
    public Size2d {
        if (height <= 0 || width <= 0)
            throw new IllegalArgumentException("a size is positive, got " + height + "x" + width);
    }

    public static Size2d of(int side) {
        return new Size2d(side, side);
    }

    /** Reads "5" or "5x3". */
    public static Size2d parse(String text) {
        try {
            String[] sides = text.split("x", 2);
            return new Size2d(Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("found \"" + text + "\", wanted a size such as 5 or 5x3", e);
        }
    }

    @Override
    public String toString() {
        return height == width ? Integer.toString(height) : height + "x" + width;
    }
}
