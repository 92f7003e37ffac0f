package io.firesteel.studies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.array.Random64;
import io.firesteel.spec.Specs;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * S = Smin (1 + Bcrit / B), McCandlish et al. 2018, by least squares of log S over log Bcrit. Reported only if the
 * batch sizes reach from below a third of Bcrit to above three times it; intervals are 95 %, by bootstrap over the
 * seeds.
 *
 * @param reason why there is no fit; null if there is one
 * @param critical Bcrit, also of a rejected fit; NaN if none could be computed
 * @param residual root mean square of log S
 */
record CriticalBatchFit(
        String reason,
        double critical,
        double criticalLow,
        double criticalHigh,
        double minSteps,
        double minStepsLow,
        double minStepsHigh,
        double residual) {
    private static final int FEWEST = 4; // batch sizes
    private static final double BEYOND = 3; // times Bcrit, and a third of it
    private static final int RESAMPLES = 1000;
    private static final int GRID = 60; // points of the grid that the minimum search starts from
    private static final double FAR = 100; // Bcrit is searched up to this factor beyond the smallest and largest batch

    /** Steps of every seed by batch size; failures are infinite. */
    static CriticalBatchFit of(SortedMap<Integer, double[]> steps) {
        TreeMap<Integer, Double> medians = medians(steps);
        if (medians.size() < FEWEST)
            return none(
                    medians.size() + " batch sizes reached the goal, a fit needs " + FEWEST,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN);
        double[] best = least(medians);
        String reason = refused(medians, best[0]);
        if (reason != null) return none(reason, best[0], best[1], best[2]);
        double[][] bounds = bootstrap(steps);
        return new CriticalBatchFit(
                null, best[0], bounds[0][0], bounds[0][1], best[1], bounds[1][0], bounds[1][1], best[2]);
    }

    private static CriticalBatchFit none(String reason, double critical, double minSteps, double residual) {
        double no = Double.NaN;
        return new CriticalBatchFit(reason, critical, no, no, minSteps, no, no, residual);
    }

    boolean found() {
        return reason == null;
    }

    double steps(double batch) {
        return minSteps * (1 + critical / batch);
    }

    private static String refused(TreeMap<Integer, Double> medians, double critical) {
        int smallest = medians.firstKey(), largest = medians.lastKey();
        if (!(smallest < critical / BEYOND))
            return say(
                    "the smallest batch, %d, is not below a third of the critical batch of about %.3g",
                    smallest, critical);
        if (!(largest > BEYOND * critical))
            return say(
                    "the largest batch, %d, is not above three times the critical batch of about %.3g",
                    largest, critical);
        return null;
    }

    private static String say(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Batches whose median reached the goal. */
    private static TreeMap<Integer, Double> medians(Map<Integer, double[]> steps) {
        TreeMap<Integer, Double> medians = new TreeMap<>();
        steps.forEach((batch, values) -> {
            double median =
                    StepsDistribution.median(DoubleStream.of(values).sorted().toArray());
            if (Double.isFinite(median)) medians.put(batch, median);
        });
        return medians;
    }

    /** Bcrit, Smin and the residual by least squares. */
    private static double[] least(TreeMap<Integer, Double> medians) {
        double low = StrictMath.log(medians.firstKey() / FAR), high = StrictMath.log(medians.lastKey() * FAR);
        UnivariateFunction error = u -> squares(medians, StrictMath.exp(u))[1];
        double start = low, step = (high - low) / GRID;
        for (int i = 1; i <= GRID; i++) if (error.value(low + i * step) < error.value(start)) start = low + i * step;
        double u = new BrentOptimizer(1e-9, 1e-12)
                .optimize(
                        new MaxEval(500),
                        GoalType.MINIMIZE,
                        new UnivariateObjectiveFunction(error),
                        new SearchInterval(Math.max(low, start - step), Math.min(high, start + step)))
                .getPoint();
        double[] found = squares(medians, StrictMath.exp(u));
        return new double[] {StrictMath.exp(u), StrictMath.exp(found[0]), Math.sqrt(found[1] / medians.size())};
    }

    /** For a given Bcrit: log Smin, and the residual sum of squares. */
    private static double[] squares(TreeMap<Integer, Double> medians, double critical) {
        double mean = 0, sum = 0;
        for (var point : medians.entrySet()) mean += residual(point, critical) / medians.size();
        for (var point : medians.entrySet()) sum += Math.pow(residual(point, critical) - mean, 2);
        return new double[] {mean, sum};
    }

    private static double residual(Map.Entry<Integer, Double> point, double critical) {
        return StrictMath.log(point.getValue()) - StrictMath.log1p(critical / point.getKey());
    }

    /** The 2.5 % and 97.5 % quantiles of Bcrit and Smin; seeds are resampled within every batch size. */
    private static double[][] bootstrap(Map<Integer, double[]> steps) {
        Random64 random = new Random64(RESAMPLES);
        double[][] drawn = new double[2][RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            TreeMap<Integer, double[]> again = new TreeMap<>();
            steps.forEach((batch, values) -> {
                double[] some = new double[values.length];
                for (int j = 0; j < some.length; j++) some[j] = values[random.nextInt(values.length)];
                again.put(batch, some);
            });
            TreeMap<Integer, Double> medians = medians(again);
            double[] fit = medians.size() < 2 ? new double[] {Double.NaN, Double.NaN} : least(medians);
            drawn[0][i] = fit[0];
            drawn[1][i] = fit[1];
        }
        double[][] bounds = new double[2][];
        for (int k = 0; k < 2; k++) {
            Arrays.sort(drawn[k]);
            bounds[k] = new double[] {drawn[k][RESAMPLES / 40], drawn[k][RESAMPLES - 1 - RESAMPLES / 40]};
        }
        return bounds;
    }

    void write(ObjectNode to, Iterable<Integer> batches) {
        to.put("found", found()).put("reason", reason);
        to.set("criticalBatch", Specs.number(critical));
        to.set("criticalLow", Specs.number(criticalLow));
        to.set("criticalHigh", Specs.number(criticalHigh));
        to.set("minSteps", Specs.number(minSteps));
        to.set("minStepsLow", Specs.number(minStepsLow));
        to.set("minStepsHigh", Specs.number(minStepsHigh));
        to.set("minExamples", Specs.number(critical * minSteps));
        to.set("residual", Specs.number(residual));
        ArrayNode curve = to.putArray("perBatch");
        if (found())
            for (int batch : batches) curve.addObject().put("batch", batch).put("steps", steps(batch));
    }
}
