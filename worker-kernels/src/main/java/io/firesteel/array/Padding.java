package io.firesteel.array;

import java.io.Serializable;

/**
 * Zeros around an image: "valid" (none), "same" (output side = ceil(side / stride), an odd zero goes after, as in
 * TensorFlow), or a number of rows and columns on every side: "2" or "2x1" (as in PyTorch).
 *
 * @param height rows above and below; -1 for same
 * @param width columns left and right; -1 for same
 */
public record Padding(int height, int width) implements Serializable {
    public static final Padding VALID = new Padding(0, 0);
    public static final Padding SAME = new Padding(-1, -1);

    public Padding {
        if (Math.min(height, width) < 0 && (height != -1 || width != -1))
            throw new IllegalArgumentException("padding is not negative, got " + height + "x" + width);
    }

    public static Padding of(int side) {
        return side == 0 ? VALID : new Padding(side, side);
    }

    /** Reads "valid", "same", "2" or "2x1". */
    public static Padding parse(String text) {
        if (text.equals("valid") || text.equals("0")) return VALID;
        if (text.equals("same")) return SAME;
        try {
            String[] sides = text.split("x", 2);
            int height = Integer.parseInt(sides[0]), width = Integer.parseInt(sides[sides.length - 1]);
            if (height >= 0 && width >= 0) return new Padding(height, width);
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException("found \"" + text + "\", wanted padding: valid, same, 2 or 2x1");
    }

    @Override
    public String toString() {
        if (equals(VALID)) return "valid";
        if (equals(SAME)) return "same";
        return height == width ? Integer.toString(height) : height + "x" + width;
    }
}
