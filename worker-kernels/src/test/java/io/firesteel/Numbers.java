package io.firesteel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.firesteel.array.Random64;
import java.util.Locale;

/** Arrays for tests: from literals, from seeds, and compared. */
public final class Numbers {
    private Numbers() {}

    public static float[] floats(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) floats[i] = (float) values[i];
        return floats;
    }

    public static float[] gaussians(long seed, int size) {
        Random64 random = new Random64(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
        return values;
    }

    /** Shuffled multiples of 0.03 within 3 of zero: none nearer to zero than 0.015, the first 200 all different. */
    public static float[] apart(long seed, int size) {
        Random64 random = new Random64(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            values[i] = values[j];
            values[j] = 0.03f * (i % 200 - 99.5f);
        }
        return values;
    }

    /** Every number within {@code tolerance}, relative to those above 1. */
    public static void assertClose(String what, float[] wanted, float[] found, double tolerance) {
        assertEquals(wanted.length, found.length, what + ": how many");
        for (int i = 0; i < wanted.length; i++) assertClose(what + "[" + i + "]", wanted[i], found[i], tolerance);
    }

    public static void assertClose(String what, double wanted, double found, double tolerance) {
        if (!(Math.abs(wanted - found) <= tolerance * Math.max(1, Math.abs(wanted))))
            fail(String.format(
                    Locale.ROOT, "%s: wanted %.9g, found %.9g, tolerance %.1g", what, wanted, found, tolerance));
    }
}
