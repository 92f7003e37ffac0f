package io.firesteel.internal.kernel;

import io.firesteel.array.Random64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The start-up test of the BLAS: all three products on many threads at once, compared with a plain loop and, bit by
 * bit, with each other. OpenBLAS has had wrong results under concurrency (its issues 1370, 1755, 2126, 5825).
 */
public final class GemmCheck {
    private static final int[][] SIZES = {{1, 1, 1}, {3, 5, 7}, {17, 33, 65}, {64, 128, 96}, {130, 70, 257}}; // m, n, k
    private static final double TOLERANCE = 1e-5; // relative to the sum of the magnitudes

    private GemmCheck() {}

    /** Runs {@code rounds} of every product on each of {@code threads}; returns "passed" or what differed. */
    public static String run(int threads, int rounds) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<float[][]>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) results.add(pool.submit(() -> products(rounds)));
            float[][] first = results.get(0).get();
            for (Future<float[][]> other : results)
                if (!Arrays.deepEquals(first, other.get())) return "failed: two threads got different bits";
            return "passed";
        } catch (ExecutionException e) {
            return "failed: " + e.getCause().getMessage();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static float[][] products(int rounds) {
        float[][] results = null;
        for (int round = 0; round < rounds; round++) {
            float[][] now = new float[SIZES.length * 3][];
            for (int i = 0; i < SIZES.length; i++)
                for (int kind = 0; kind < 3; kind++)
                    now[3 * i + kind] = product(kind, SIZES[i][0], SIZES[i][1], SIZES[i][2]);
            if (results != null && !Arrays.deepEquals(results, now))
                throw new IllegalStateException("two rounds got different bits");
            results = now;
        }
        return results;
    }

    private static float[] product(int kind, int m, int n, int k) {
        Random64 random = new Random64(7, kind, m, n, k);
        float[] a = gaussians(random, m * k), b = gaussians(random, k * n), c = new float[m * n];
        switch (kind) {
            case 0 -> Gemm.ab(m, n, k, a, 0, b, 0, 0f, c, 0);
            case 1 -> Gemm.aTb(m, n, k, a, 0, b, 0, 0f, c, 0);
            default -> Gemm.abT(m, n, k, a, 0, b, 0, 0f, c, 0);
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0, magnitude = 0;
                for (int l = 0; l < k; l++) {
                    double term = (double) a[kind == 1 ? l * m + i : i * k + l] * b[kind == 2 ? j * k + l : l * n + j];
                    sum += term;
                    magnitude += Math.abs(term);
                }
                if (!(Math.abs(sum - c[i * n + j]) <= TOLERANCE * magnitude))
                    throw new IllegalStateException("product " + kind + " [" + m + "," + n + "," + k + "] at " + i + ","
                            + j + ": found " + c[i * n + j] + ", wanted " + sum);
            }
        }
        return c;
    }

    private static float[] gaussians(Random64 random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
        return values;
    }
}
