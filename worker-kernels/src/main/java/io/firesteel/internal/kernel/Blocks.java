package io.firesteel.internal.kernel;

import io.firesteel.array.FastExp;

/**
 * Elementwise functions with e^x in them, block by block, so that what lies between two loops stays in the first-level
 * cache. Loops are short, since Java 17 does not vectorize long ones.
 */
final class Blocks {
    private static final int SIZE = 512;
    private static final ThreadLocal<float[]> VALUES = ThreadLocal.withInitial(() -> new float[SIZE]);
    private static final ThreadLocal<float[]> EXPONENTIALS = ThreadLocal.withInitial(() -> new float[SIZE]);
    private static final ThreadLocal<float[]> POWERS = ThreadLocal.withInitial(() -> new float[SIZE]);

    private Blocks() {}

    /** A function of a block of numbers. */
    interface Function {
        /** Overwrites x with f(x); e is scratch, and {@code a} a parameter that most functions do not have. */
        void apply(int size, float[] x, float[] e, float a);
    }

    /** y = f(x); y may be x. */
    static void map(int n, float[] x, float[] y, float a, Function f) {
        float[] block = VALUES.get(), e = EXPONENTIALS.get();
        for (int at = 0; at < n; at += SIZE) {
            int size = Math.min(SIZE, n - at);
            System.arraycopy(x, at, block, 0, size);
            f.apply(size, block, e, a);
            System.arraycopy(block, 0, y, at, size);
        }
    }

    /** dx = f(x) dy; dx may be dy. */
    static void mapTimes(int n, float[] x, float[] dy, float[] dx, Function f) {
        float[] block = VALUES.get(), e = EXPONENTIALS.get();
        for (int at = 0; at < n; at += SIZE) {
            int size = Math.min(SIZE, n - at);
            System.arraycopy(x, at, block, 0, size);
            f.apply(size, block, e, 0);
            for (int i = 0; i < size; i++) dx[at + i] = block[i] * dy[at + i];
        }
    }

    /** Overwrites a block of {@code x <= 0} with e^x. */
    static void exp(int size, float[] x) {
        float[] p = POWERS.get();
        FastExp.powers(size, x, p);
        for (int i = 0; i < size; i++) x[i] = (p[i] + p[i] * FastExp.fraction(x[i])) * FastExp.isNormal(x[i]);
    }

    /** Overwrites a block of {@code x <= 0} with e^x - 1. */
    static void expMinus1(int size, float[] x) {
        float[] p = POWERS.get();
        FastExp.powers(size, x, p);
        for (int i = 0; i < size; i++) x[i] = p[i] * FastExp.fraction(x[i]) + (p[i] - 1);
    }
}
