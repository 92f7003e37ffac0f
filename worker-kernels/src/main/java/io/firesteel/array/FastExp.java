package io.firesteel.array;

/**
 * e^x for {@code x <= 0} in float, within 2e-7 relative where the result is normal ({@code x > -87.3}) and zero below;
 * NaN stays NaN.
 *
 * <p>x = n ln 2 + r with {@code |r| <= ln(2)/2}; e^x = 2^n (1 + q), q = e^r - 1 as its Taylor series. Java 17
 * vectorizes neither {@link Math#exp} nor the conversion from n to the bits of 2^n, so that conversion is a loop of its
 * own between two that do vectorize: {@link #powers}, then {@link #fraction} inside the caller's formula.
 */
public final class FastExp {
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f; // 10 bits: n LN2_HIGH is exact
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float ROUND = 12582912f; // 1.5 * 2^23: adding it rounds, and leaves n in the lowest bits
    private static final float LOWEST = -87.3365f; // the smallest x for which e^x is a normal float

    private FastExp() {}

    /** e^x of one number. */
    public static float of(float x) {
        float bits = index(x), power = Float.intBitsToFloat((Float.floatToRawIntBits(bits) << 23) + (127 << 23));
        return (power + power * fraction(x)) * isNormal(x);
    }

    /** p[i] = 2^n of x[at + i]. */
    public static void powers(int n, float[] x, float[] p) {
        for (int i = 0; i < n; i++) p[i] = index(x[i]);
        for (int i = 0; i < n; i++) p[i] = Float.intBitsToFloat((Float.floatToRawIntBits(p[i]) << 23) + (127 << 23));
    }

    /** q = e^r - 1, so that e^x = p + p q. */
    public static float fraction(float x) {
        float n = index(x) - ROUND, bounded = Math.max(x, LOWEST);
        float r = bounded - n * LN2_HIGH - n * LN2_LOW;
        float tail = 1 / 6f + r * (1 / 24f + r * (1 / 120f + r * (1 / 720f + r * (1 / 5040f))));
        return r + r * r * (0.5f + r * tail);
    }

    /** 1 where e^x is a normal float, 0 below. */
    public static float isNormal(float x) {
        return Math.min(1f, Math.max(0f, (x - LOWEST) * Float.MAX_VALUE));
    }

    private static float index(float x) {
        return Math.max(x, LOWEST) * LOG2_E + ROUND;
    }
}
