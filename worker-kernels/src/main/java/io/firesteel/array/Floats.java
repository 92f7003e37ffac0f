package io.firesteel.array;

/** Loops over ranges of flat vectors. */
public final class Floats {
    private Floats() {}

    /** sum[i] += part[i] for i in [from, to). */
    public static void add(float[] part, float[] sum, int from, int to) {
        for (int i = from; i < to; i++) sum[i] += part[i];
    }

    /** v[i] /= divisor for i in [from, to). */
    public static void divide(float[] v, float divisor, int from, int to) {
        for (int i = from; i < to; i++) v[i] /= divisor;
    }

    /** v[i] *= factor for i in [from, to). */
    public static void scale(float[] v, float factor, int from, int to) {
        for (int i = from; i < to; i++) v[i] *= factor;
    }

    /** Brings v[i] to [-bound, bound] for i in [from, to). */
    public static void clamp(float[] v, float bound, int from, int to) {
        for (int i = from; i < to; i++) v[i] = Math.max(-bound, Math.min(bound, v[i]));
    }

    /** The sum of v[i] for i in [from, to), in double and in four partial sums. */
    public static double sum(float[] v, int from, int to) {
        double a = 0, b = 0, c = 0, d = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            a += v[i];
            b += v[i + 1];
            c += v[i + 2];
            d += v[i + 3];
        }
        for (; i < to; i++) a += v[i];
        return a + b + c + d;
    }

    /**
     * The sum of v[i]^2 for i in [from, to), in double and in four partial sums, since Java does not reorder additions.
     */
    public static double squares(float[] v, int from, int to) {
        double a = 0, b = 0, c = 0, d = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            a += (double) v[i] * v[i];
            b += (double) v[i + 1] * v[i + 1];
            c += (double) v[i + 2] * v[i + 2];
            d += (double) v[i + 3] * v[i + 3];
        }
        for (; i < to; i++) a += (double) v[i] * v[i];
        return a + b + c + d;
    }

    /** The index, from 0, of the largest of v[at, at + n), the first of equals. */
    public static int argmax(int n, float[] v, int at) {
        int best = 0;
        for (int j = 1; j < n; j++) if (v[at + j] > v[at + best]) best = j;
        return best;
    }

    /**
     * The first index in [from, to) whose value is NaN or infinite, or -1. A number times zero is zero unless it is NaN
     * or infinite; eight partial sums, since Java does not reorder additions.
     */
    public static int firstNonFinite(float[] v, int from, int to) {
        float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
        int i = from;
        for (; i < to - 7; i += 8) {
            a += v[i] * 0f;
            b += v[i + 1] * 0f;
            c += v[i + 2] * 0f;
            d += v[i + 3] * 0f;
            e += v[i + 4] * 0f;
            f += v[i + 5] * 0f;
            g += v[i + 6] * 0f;
            h += v[i + 7] * 0f;
        }
        for (; i < to; i++) a += v[i] * 0f;
        if (a + b + c + d + e + f + g + h == 0) return -1;
        for (i = from; i < to; i++) if (!Float.isFinite(v[i])) return i;
        return -1;
    }
}
