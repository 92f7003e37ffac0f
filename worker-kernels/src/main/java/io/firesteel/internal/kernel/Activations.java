package io.firesteel.internal.kernel;

import io.firesteel.array.FastExp;

/** Elementwise functions over the first {@code n} floats; y may be x and dx may be dy. Backward needs only y. */
public final class Activations {
    private Activations() {}

    /** y = max(x, 0). */
    public static void relu(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) y[i] = Math.max(x[i], 0f);
    }

    /** dx = dy where y > 0, denormals too, else 0; a product, since the ternary takes 27 times as long on Java 17. */
    public static void reluBackward(int n, float[] y, float[] dy, float[] dx) {
        for (int i = 0; i < n; i++) dx[i] = dy[i] * Math.min(1f, y[i] * Float.MAX_VALUE * Float.MAX_VALUE);
    }

    /** y = max(x, 0) + slope min(x, 0). */
    public static void leakyRelu(int n, float slope, float[] x, float[] y) {
        for (int i = 0; i < n; i++) y[i] = Math.max(x[i], 0f) + slope * Math.min(x[i], 0f);
    }

    /** dx = dy where y > 0, else slope dy. */
    public static void leakyReluBackward(int n, float slope, float[] y, float[] dy, float[] dx) {
        for (int i = 0; i < n; i++) {
            float positive = isPositive(y[i]);
            dx[i] = dy[i] * (positive + slope * (1 - positive));
        }
    }

    /** y = max(x, 0) + alpha (e^min(x, 0) - 1), within 1e-6 relative. */
    public static void elu(int n, float alpha, float[] x, float[] y) {
        Blocks.map(n, x, y, alpha, (size, block, e, a) -> {
            for (int i = 0; i < size; i++) e[i] = Math.min(block[i], 0f);
            Blocks.expMinus1(size, e);
            for (int i = 0; i < size; i++) block[i] = Math.max(block[i], 0f) + a * e[i];
        });
    }

    /** dx = dy where y > 0, else (y + alpha) dy. */
    public static void eluBackward(int n, float alpha, float[] y, float[] dy, float[] dx) {
        for (int i = 0; i < n; i++) {
            float positive = isPositive(y[i]);
            dx[i] = dy[i] * (positive + (1 - positive) * (Math.min(y[i], 0f) + alpha));
        }
    }

    /** y = 1 / (1 + e^-x), within 1e-6 relative. */
    public static void sigmoid(int n, float[] x, float[] y) {
        Blocks.map(n, x, y, 0, (size, block, e, a) -> {
            for (int i = 0; i < size; i++) e[i] = -Math.abs(block[i]);
            Blocks.exp(size, e);
            for (int i = 0; i < size; i++) block[i] = sigmoid(block[i], e[i]);
        });
    }

    /** dx = dy y (1 - y). */
    public static void sigmoidBackward(int n, float[] y, float[] dy, float[] dx) {
        for (int i = 0; i < n; i++) dx[i] = dy[i] * y[i] * (1 - y[i]);
    }

    /** y = tanh x = sign(x) -m / (2 + m) with m = e^(-2|x|) - 1, within 1e-6 relative. */
    public static void tanh(int n, float[] x, float[] y) {
        Blocks.map(n, x, y, 0, (size, block, m, a) -> {
            for (int i = 0; i < size; i++) m[i] = -2 * Math.abs(block[i]);
            Blocks.expMinus1(size, m);
            for (int i = 0; i < size; i++) {
                float sign = Math.max(-1f, Math.min(1f, block[i] * Float.MAX_VALUE * Float.MAX_VALUE));
                block[i] = sign * (0 - m[i]) / (2 + m[i]);
            }
        });
    }

    /** dx = dy (1 - y^2). */
    public static void tanhBackward(int n, float[] y, float[] dy, float[] dx) {
        for (int i = 0; i < n; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
    }

    /** y = log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), within 1e-6 relative. */
    public static void softplus(int n, float[] x, float[] y) {
        Blocks.map(n, x, y, 0, (size, block, e, a) -> {
            for (int i = 0; i < size; i++) e[i] = -Math.abs(block[i]);
            Blocks.exp(size, e);
            for (int i = 0; i < size; i++) e[i] = log1Plus(e[i]);
            for (int i = 0; i < size; i++) block[i] = Math.max(block[i], 0f) + e[i];
        });
    }

    /** dx = dy / (1 + e^-x) = dy (1 - e^-y). */
    public static void softplusBackward(int n, float[] y, float[] dy, float[] dx) {
        Blocks.mapTimes(n, y, dy, dx, (size, block, e, a) -> {
            for (int i = 0; i < size; i++) block[i] = -block[i];
            Blocks.expMinus1(size, block);
            for (int i = 0; i < size; i++) block[i] = 0 - block[i];
        });
    }

    /** y = e^x for {@code x <= 0}. */
    public static void exp(int n, float[] x, float[] y) {
        Blocks.map(n, x, y, 0, (size, block, e, a) -> Blocks.exp(size, block));
    }

    /** 1 where x > 0, denormals too, else 0. */
    static float isPositive(float x) {
        return Math.min(1f, Math.max(0f, x * Float.MAX_VALUE * Float.MAX_VALUE));
    }

    /** 1 / (1 + e^-x) of one number. */
    public static float sigmoid(float x) {
        return sigmoid(x, FastExp.of(-Math.abs(x)));
    }

    /** 1 / (1 + e^-x) as e / (1 + e) and 1 / (1 + e) with e = e^-|x|. */
    static float sigmoid(float x, float e) {
        return (e + isPositive(x) * (1 - e)) / (1 + e);
    }

    /** log(1 + e) for e in [0, 1]: 2 artanh s with s = e / (2 + e), as its Taylor series. */
    private static float log1Plus(float e) {
        float s = e / (2 + e), z = s * s;
        float tail = 1 / 3f + z * (1 / 5f + z * (1 / 7f + z * (1 / 9f + z * (1 / 11f + z * (1 / 13f)))));
        return 2 * s * (1 + z * tail);
    }
}
