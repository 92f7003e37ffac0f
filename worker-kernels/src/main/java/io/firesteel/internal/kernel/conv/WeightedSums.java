package io.firesteel.internal.kernel.conv;

/**
 * Sums of a few arrays, lane by lane. The loops are short on purpose: HotSpot vectorizes a loop over arrays at one
 * common index with at most four loads, but not a loop with different offsets or more loads.
 */
final class WeightedSums {
    /** The maximum number of terms. */
    static final int TERMS = 4;

    private WeightedSums() {}

    /** (a, b) = (a + b, a - b). */
    static void butterfly(float[] a, float[] b, int n) {
        for (int l = 0; l < n; l++) {
            float sum = a[l] + b[l], difference = a[l] - b[l];
            a[l] = sum;
            b[l] = difference;
        }
    }

    /** y = f a. */
    static void sum(float f, float[] a, float[] y, int n) {
        for (int l = 0; l < n; l++) y[l] = f * a[l];
    }

    static void sum(float f, float[] a, float g, float[] b, float[] y, int n) {
        for (int l = 0; l < n; l++) y[l] = f * a[l] + g * b[l];
    }

    static void sum(float f, float[] a, float g, float[] b, float h, float[] c, float[] y, int n) {
        for (int l = 0; l < n; l++) y[l] = f * a[l] + g * b[l] + h * c[l];
    }

    static void sum(float f, float[] a, float g, float[] b, float h, float[] c, float i, float[] d, float[] y, int n) {
        for (int l = 0; l < n; l++) y[l] = f * a[l] + g * b[l] + h * c[l] + i * d[l];
    }

    /** plus = even + f a, minus = even - f a. */
    static void pair(float[] even, float f, float[] a, float[] plus, float[] minus, int n) {
        for (int l = 0; l < n; l++) {
            float odd = f * a[l], both = even[l];
            plus[l] = both + odd;
            minus[l] = both - odd;
        }
    }

    static void pair(float[] even, float f, float[] a, float g, float[] b, float[] plus, float[] minus, int n) {
        for (int l = 0; l < n; l++) {
            float odd = f * a[l] + g * b[l], both = even[l];
            plus[l] = both + odd;
            minus[l] = both - odd;
        }
    }

    static void pair(
            float[] even,
            float f,
            float[] a,
            float g,
            float[] b,
            float h,
            float[] c,
            float[] plus,
            float[] minus,
            int n) {
        for (int l = 0; l < n; l++) {
            float odd = f * a[l] + g * b[l] + h * c[l], both = even[l];
            plus[l] = both + odd;
            minus[l] = both - odd;
        }
    }
}
