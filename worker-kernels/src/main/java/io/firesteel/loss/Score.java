package io.firesteel.loss;

/** Sums over rows that add up across machines; means are taken when read. */
public record Score(double lossSum, long hits, long rows) {
    public static final Score ZERO = new Score(0, 0, 0);

    public Score plus(Score other) {
        return new Score(lossSum + other.lossSum, hits + other.hits, rows + other.rows);
    }

    /** Mean loss of a row. */
    public double loss() {
        return lossSum / rows;
    }

    /** The share of rows whose largest output stands at the label. */
    public double accuracy() {
        return (double) hits / rows;
    }

    /** Rows of y [rows, n] whose largest value, the first of equals, stands at the label in t [rows]. */
    public static long hits(int rows, int n, float[] y, float[] t) {
        long hits = 0;
        for (int r = 0; r < rows; r++) if (largest(n, y, r * n) == (int) t[r]) hits++;
        return hits;
    }

    /** The place of the largest of y[at, at + n), the first of equals. */
    public static int largest(int n, float[] y, int at) {
        int best = 0;
        for (int j = 1; j < n; j++) if (y[at + j] > y[at + best]) best = j;
        return best;
    }
}
