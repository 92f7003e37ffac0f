package io.firesteel.internal.kernel;

/**
 * Elementwise functions that multiply x by a gate between 0 and 1 that is a function of x, over the first {@code n}
 * floats; y may be x and dx may be dy. Backward needs x, since these functions fall and rise.
 */
public final class GatedActivations {
    /** 2 sqrt(2/pi): 1 / (1 + e^-(LINEAR x + CUBIC x^3)) is close to the normal distribution function. */
    public static final float LINEAR = 1.59576912f;

    /** 0.044715 LINEAR. */
    public static final float CUBIC = 0.0713548163f;

    private static final float SCALE = 0.231641888f; // 0.3275911 / sqrt 2
    private static final float DENSITY = 0.398942280f; // of the normal distribution at 0: 1 / sqrt(2 pi)

    private GatedActivations() {}

    /** y = x sigmoid(x). */
    public static void silu(int n, float[] x, float[] y) {
        Blocks.map(n, x, y, 0, (size, block, e, a) -> {
            for (int i = 0; i < size; i++) e[i] = -Math.abs(block[i]);
            Blocks.exp(size, e);
            for (int i = 0; i < size; i++) block[i] *= Activations.sigmoid(block[i], e[i]);
        });
    }

    /** dx = dy (s + x s (1 - s)) with s = sigmoid(x). */
    public static void siluBackward(int n, float[] x, float[] dy, float[] dx) {
        Blocks.mapTimes(n, x, dy, dx, (size, block, s, a) -> {
            for (int i = 0; i < size; i++) s[i] = -Math.abs(block[i]);
            Blocks.exp(size, s);
            for (int i = 0; i < size; i++) s[i] = Activations.sigmoid(block[i], s[i]);
            for (int i = 0; i < size; i++) block[i] = s[i] + block[i] * s[i] * (1 - s[i]);
        });
    }

    /** y = x F(x) with F the normal distribution function, within 1e-6 x. */
    public static void gelu(int n, float[] x, float[] y) {
        Blocks.map(n, x, y, 0, (size, block, e, a) -> {
            for (int i = 0; i < size; i++) e[i] = -0.5f * block[i] * block[i];
            Blocks.exp(size, e);
            for (int i = 0; i < size; i++) e[i] *= tail(block[i]);
            for (int i = 0; i < size; i++) block[i] *= e[i] + Activations.isPositive(block[i]) * (1 - 2 * e[i]);
        });
    }

    /** dx = dy (F(x) + x F'(x)). */
    public static void geluBackward(int n, float[] x, float[] dy, float[] dx) {
        Blocks.mapTimes(n, x, dy, dx, (size, block, e, a) -> {
            for (int i = 0; i < size; i++) e[i] = -0.5f * block[i] * block[i];
            Blocks.exp(size, e);
            for (int i = 0; i < size; i++) {
                float positive = Activations.isPositive(block[i]), tail = tail(block[i]);
                block[i] = positive + e[i] * ((1 - 2 * positive) * tail + DENSITY * block[i]);
            }
        });
    }

    /** y = x sigmoid(u) with u = LINEAR x + CUBIC x^3, which is x (1 + tanh(u / 2)) / 2. */
    public static void geluTanh(int n, float[] x, float[] y) {
        Blocks.map(n, x, y, 0, (size, block, e, a) -> {
            for (int i = 0; i < size; i++) e[i] = -Math.abs(block[i] * (LINEAR + CUBIC * block[i] * block[i]));
            Blocks.exp(size, e);
            for (int i = 0; i < size; i++) block[i] *= Activations.sigmoid(block[i], e[i]); // x has the sign of u
        });
    }

    /** dx = dy (s + x s (1 - s) u') with s = sigmoid(u). */
    public static void geluTanhBackward(int n, float[] x, float[] dy, float[] dx) {
        Blocks.mapTimes(n, x, dy, dx, (size, block, s, a) -> {
            for (int i = 0; i < size; i++) s[i] = -Math.abs(block[i] * (LINEAR + CUBIC * block[i] * block[i]));
            Blocks.exp(size, s);
            for (int i = 0; i < size; i++) s[i] = Activations.sigmoid(block[i], s[i]);
            for (int i = 0; i < size; i++)
                block[i] = s[i] + block[i] * s[i] * (1 - s[i]) * (LINEAR + 3 * CUBIC * block[i] * block[i]);
        });
    }

    /** t with F(-|x|) = t e^(-x^2/2) within 1e-7, F the normal distribution function: Abramowitz and Stegun 7.1.26. */
    private static float tail(float x) {
        float t = 1 / (1 + SCALE * Math.abs(x));
        return t
                * (0.127414796f + t * (-0.142248368f + t * (0.7107068705f + t * (-0.7265760135f + t * 0.5307027145f))));
    }
}
