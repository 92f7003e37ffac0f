package io.firesteel.internal.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.spec.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The gradient noise scale of a run, from the shards' gradients that exist anyway: McCandlish et al. 2018, B_simple =
 * tr(S) / |G|^2, at once the batch at which noise and signal are equal.
 *
 * <p>With the shards' mean gradients g_w over b_w of the step's B rows and their mean G, {@code Q = sum (b_w/B)
 * |g_w|^2} and {@code A = |G|^2}: {@code trS = B (Q - A) / (W - 1)} and {@code G2 = A - trS/B + trS/N} are unbiased for
 * shards of any sizes; the last term is there because an epoch of N rows is drawn without replacement. The two are
 * averaged apart and divided last. Steps are kept in bins that widen by a hundredth of the step. Used on the driver;
 * not thread-safe.
 */
public final class NoiseScale {
    /** Estimates cover this fraction of the step on either side. */
    public static final double WINDOW = 0.15;

    private static final int WIDENING = 100; // a bin is a hundredth of the step
    private static final int FEWEST = 5; // bins that an interval needs
    private static final double COVERS = 0.95;
    private static final Map<Integer, Double> QUANTILES =
            new ConcurrentHashMap<>(); // of Student's t; each takes a while to find

    private static final long LARGE = 1 << 18; // parameters
    private static final int SOME = 8; // of the steps of a large model

    private final List<ParamSlice> slices;
    private final double population;
    private final List<Bin> bins = new ArrayList<>();

    /** Sums over some steps, one number per slice of the parameters. */
    private static final class Bin {
        final long first;
        long last;
        long steps;
        final double[] trS;
        final double[] g2;

        Bin(long first, int slices) {
            this.first = first;
            trS = new double[slices];
            g2 = new double[slices];
        }

        boolean within(double from, double to) {
            return first + last >= 2 * from && first + last <= 2 * to;
        }
    }

    /**
     * Averages over some steps.
     *
     * @param trS trace of the covariance of one row's gradient
     * @param g2 squared norm of the expected gradient; an estimate, which may be negative
     * @param low 95 % of intervals made so have the noise scale above this; NaN where too few steps tell
     * @param high and below this; infinite where G2 could be zero
     * @param steps that were averaged
     */
    public record NoiseEstimate(double trS, double g2, double low, double high, long steps) {
        public static final NoiseEstimate UNKNOWN =
                new NoiseEstimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

        /** tr(S) / |G|^2 in rows; NaN, unknown, where G2 is not above zero. */
        public double scale() {
            return g2 > 0 ? trS / g2 : Double.NaN;
        }

        /** Adds these numbers; what is unknown or without bound is null. */
        public void write(ObjectNode to) {
            to.set("trS", Specs.number(trS));
            to.set("G2", Specs.number(g2));
            to.set("noiseScale", Specs.number(scale()));
            to.set("low", Specs.number(low));
            to.set("high", Specs.number(high));
            to.put("steps", steps);
        }
    }

    /**
     * Nothing measured yet.
     *
     * @param rows of an epoch
     */
    public NoiseScale(ParamLayout layout, long rows) {
        this.slices = layout.params();
        this.population = rows;
    }

    /**
     * How often a step is measured: every one of a small model, each eighth of a large one. At a million parameters the
     * squares cost up to 9 % of a step of 64 rows on 4 shards, an eighth of them below 2 %.
     */
    public static int every(long parameters) {
        return parameters <= LARGE ? 1 : SOME;
    }

    /**
     * Adds a step, and returns the estimate from that step alone.
     *
     * @param step its number, from 1, ascending
     * @param rows B
     * @param shards W, those that had rows; a step with fewer than two tells nothing
     * @param squares B Q of every slice, as {@link GradientSum} has it; empty where the step was not measured
     * @param norms B^2 A of every slice: |sum of gradients|^2
     */
    public NoiseEstimate add(long step, double rows, int shards, double[] squares, double[] norms) {
        if (shards < 2 || squares.length == 0) return NoiseEstimate.UNKNOWN;
        double[] trS = new double[slices.size()], g2 = new double[trS.length];
        for (int i = 0; i < trS.length; i++) {
            double q = squares[i] / rows, a = norms[i] / rows / rows;
            trS[i] = rows * (q - a) / (shards - 1);
            g2[i] = a - trS[i] / rows + trS[i] / population;
            if (!Double.isFinite(g2[i]))
                return NoiseEstimate.UNKNOWN; // beyond a float when squared: on the way to divergence
        }
        Bin bin = bins.isEmpty() ? null : bins.get(bins.size() - 1);
        if (bin == null || step >= bin.first + Math.max(1, bin.first / WIDENING))
            bins.add(bin = new Bin(step, trS.length));
        bin.last = step;
        bin.steps++;
        for (int i = 0; i < trS.length; i++) {
            bin.trS[i] += trS[i];
            bin.g2[i] += g2[i];
        }
        return new NoiseEstimate(sum(trS), sum(g2), Double.NaN, Double.NaN, 1);
    }

    /** The estimate over all slices for the bins whose middle is in [from, to]. */
    public NoiseEstimate between(double from, double to) {
        List<Bin> taken = taken(from, to);
        double[] trS = new double[taken.size()], g2 = new double[taken.size()];
        long steps = 0;
        for (int i = 0; i < trS.length; i++) {
            for (double each : taken.get(i).trS) trS[i] += each;
            for (double each : taken.get(i).g2) g2[i] += each;
            steps += taken.get(i).steps;
        }
        return steps == 0 ? NoiseEstimate.UNKNOWN : estimate(trS, g2, steps);
    }

    /**
     * The estimate from averages over blocks that are independent of each other, such as runs; {@code steps} counts
     * them.
     */
    public static NoiseEstimate over(double[] trS, double[] g2) {
        return trS.length == 0 ? NoiseEstimate.UNKNOWN : estimate(trS, g2, trS.length);
    }

    /**
     * The same for every slice apart, without intervals; in the order of the layout, empty where nothing was measured.
     */
    public List<SliceNoise> slices(double from, double to) {
        List<SliceNoise> found = new ArrayList<>();
        List<Bin> taken = taken(from, to);
        long steps = taken.stream().mapToLong(bin -> bin.steps).sum();
        for (int i = 0; i < slices.size() && steps > 0; i++) {
            double trS = 0, g2 = 0;
            for (Bin bin : taken) {
                trS += bin.trS[i];
                g2 += bin.g2[i];
            }
            found.add(new SliceNoise(
                    slices.get(i).name(), new NoiseEstimate(trS / steps, g2 / steps, Double.NaN, Double.NaN, steps)));
        }
        return found;
    }

    /** A named slice of the parameters and its estimate. */
    public record SliceNoise(String name, NoiseEstimate estimate) {}

    private List<Bin> taken(double from, double to) {
        return bins.stream().filter(bin -> bin.within(from, to)).toList();
    }

    /**
     * The ratio of the sums, and its interval by a jackknife over the blocks (Efron and Stein 1981): of G2/trS, whose
     * error is symmetric since nearly all uncertainty is in G2, and then inverted.
     */
    private static NoiseEstimate estimate(double[] trS, double[] g2, long steps) {
        double trSum = sum(trS), g2Sum = sum(g2), mean = 0, spread = 0;
        int blocks = trS.length;
        if (blocks < FEWEST) return new NoiseEstimate(trSum / steps, g2Sum / steps, Double.NaN, Double.NaN, steps);
        double[] without = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            without[i] = (g2Sum - g2[i]) / (trSum - trS[i]);
            mean += without[i] / blocks;
        }
        for (double each : without) spread += (each - mean) * (each - mean);
        double error = Math.sqrt(spread * (blocks - 1) / blocks);
        double reach = error
                * QUANTILES.computeIfAbsent(
                        blocks - 1,
                        freedom -> new TDistribution(freedom).inverseCumulativeProbability((1 + COVERS) / 2));
        double ratio = g2Sum / trSum, least = ratio - reach, most = ratio + reach;
        return new NoiseEstimate(
                trSum / steps,
                g2Sum / steps,
                most > 0 ? 1 / most : Double.NaN,
                least > 0 ? 1 / least : Double.POSITIVE_INFINITY,
                steps);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) sum += value;
        return sum;
    }
}
