package io.firesteel.row;

import com.fasterxml.jackson.core.io.NumberInput;

/** Numbers as people write them; Java also takes {@code 2D}, {@code 3f} and {@code 0x1p3} for numbers. */
public final class DecimalText {
    private DecimalText() {}

    /** The nearest float; NaN if the text is no number. */
    public static float parse(String text) {
        for (int i = 0; i < text.length(); i++) if (isForeign(text.charAt(i))) return Float.NaN;
        try {
            return NumberInput.parseFloat(text, true);
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }

    /** A letter that is in numbers of Java alone; those of NaN and Infinity lead to what is not finite anyway. */
    private static boolean isForeign(char letter) {
        return switch (letter) {
            case 'd', 'D', 'f', 'F', 'x', 'X', 'p', 'P' -> true;
            default -> false;
        };
    }
}
