package io.firesteel.studies.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * Seconds of a step as a linear model of its operation counts: {@code latency stages + task tasks + wire floats + row
 * rows + pass passes + add floats + update floats}. Fitted by least squares to the phases of measured steps and to
 * empty jobs, each weighted so that errors are relative to the whole step; coefficients that would be negative are 0.
 */
final class StepCostModel {
    static final List<String> TERMS = List.of("latency", "task", "wire", "row", "pass", "add", "update");
    static final List<String> UNITS = List.of(
            "s a stage",
            "s a task",
            "s a float on the wire",
            "s a row",
            "s a pass",
            "s a float added",
            "s a float updated");
    private static final Set<String> COMPUTE = Set.of("compute"),
            MERGE = Set.of("merge"),
            UPDATE = Set.of("update"),
            REST = Set.of("broadcast", "schedule", "fetch", "serialize", "wait");
    private static final double NORMAL = 1.96; // of a 95 % interval

    private final double[] prices;
    private final RealMatrix covariance; // of the coefficients
    private final double scatter; // relative deviation of steps from the model

    /** A step's seconds with the ends of its 95 % interval. */
    record StepEstimate(double seconds, double low, double high) {}

    /** Measured seconds of some of the terms; {@code weight} is 1 / the seconds of the whole step. */
    private record Equation(double[] counts, double seconds, double weight) {}

    /** Fits the measured steps; {@code empties} are seconds of empty jobs by number of workers. */
    StepCostModel(List<MeasuredStep> cells, java.util.Map<Integer, Double> empties) {
        List<Equation> equations = new ArrayList<>();
        for (MeasuredStep cell : cells) {
            StepOperations work = cell.work();
            double weight = 1 / cell.median();
            equations.add(new Equation(
                    new double[] {0, 0, 0, work.rows(), work.passes(), work.taskAdds(), 0},
                    cell.median(COMPUTE),
                    weight));
            equations.add(new Equation(new double[] {0, 0, 0, 0, 0, work.adds(), 0}, cell.median(MERGE), weight));
            equations.add(new Equation(new double[] {0, 0, 0, 0, 0, 0, work.updates()}, cell.median(UPDATE), weight));
            equations.add(new Equation(
                    new double[] {work.stages(), work.tasks(), work.wire(), 0, 0, 0, 0}, cell.median(REST), weight));
            Double empty = empties.get(cell.workers());
            if (empty != null)
                equations.add(new Equation(new double[] {1, cell.workers(), 0, 0, 0, 0, 0}, empty, weight));
        }
        prices = new double[TERMS.size()];
        covariance = new Array2DRowRealMatrix(TERMS.size(), TERMS.size());
        solve(equations);
        double squares = cells.stream()
                .mapToDouble(cell -> Math.pow(seconds(cell.work()) / cell.median() - 1, 2))
                .sum();
        scatter = Math.sqrt(squares / Math.max(1, cells.size() - 1));
    }

    /** Least squares over the terms that occur, without those whose coefficient came out negative. */
    private void solve(List<Equation> equations) {
        List<Integer> terms = new ArrayList<>(IntStream.range(0, TERMS.size())
                .filter(term -> equations.stream().anyMatch(equation -> equation.counts[term] > 0))
                .boxed()
                .toList());
        while (!terms.isEmpty()) {
            double[] scales = terms.stream()
                    .mapToDouble(t -> equations.stream()
                            .mapToDouble(e -> e.counts[t] * e.weight)
                            .max()
                            .orElse(1))
                    .toArray();
            double[][] rows = equations.stream()
                    .map(e -> IntStream.range(0, scales.length)
                            .mapToDouble(i -> e.counts[terms.get(i)] * e.weight / scales[i])
                            .toArray())
                    .toArray(double[][]::new);
            double[] right =
                    equations.stream().mapToDouble(e -> e.seconds * e.weight).toArray();
            RealMatrix x = new Array2DRowRealMatrix(rows, false);
            double[] found;
            RealMatrix inverse;
            try {
                found = new QRDecomposition(x, 1e-9)
                        .getSolver()
                        .solve(new ArrayRealVector(right))
                        .toArray();
                inverse = new QRDecomposition(x.transpose().multiply(x), 1e-12)
                        .getSolver()
                        .getInverse();
            } catch (SingularMatrixException e) {
                terms.remove(Integer.valueOf(lastOf(terms))); // two collinear terms: one of them covers both
                continue;
            }
            int worst = IntStream.range(0, found.length)
                    .boxed()
                    .min((i, j) -> Double.compare(found[i], found[j]))
                    .orElseThrow();
            if (found[worst] < 0) {
                terms.remove(worst);
                continue;
            }
            double[] fitted = x.operate(found);
            double squares = IntStream.range(0, right.length)
                    .mapToDouble(i -> Math.pow(right[i] - fitted[i], 2))
                    .sum();
            double variance = squares / Math.max(1, right.length - found.length);
            for (int i = 0; i < found.length; i++) {
                prices[terms.get(i)] = found[i] / scales[i];
                for (int j = 0; j < found.length; j++)
                    covariance.setEntry(
                            terms.get(i), terms.get(j), variance * inverse.getEntry(i, j) / scales[i] / scales[j]);
            }
            return;
        }
    }

    /** The term to drop if two are collinear: the task's, then the pass's. */
    private static int lastOf(List<Integer> terms) {
        for (String name : List.of("task", "pass", "wire"))
            if (terms.contains(TERMS.indexOf(name))) return TERMS.indexOf(name);
        return terms.get(terms.size() - 1);
    }

    double price(int term) {
        return prices[term];
    }

    /** Standard error of a coefficient. */
    double error(int term) {
        return Math.sqrt(covariance.getEntry(term, term));
    }

    double seconds(StepOperations work) {
        double[] counts = counts(work);
        return IntStream.range(0, counts.length)
                .mapToDouble(i -> counts[i] * prices[i])
                .sum();
    }

    /** The estimate, with an interval from the errors of the coefficients and the scatter of the steps. */
    StepEstimate estimate(StepOperations work) {
        double[] counts = counts(work);
        double seconds = seconds(work),
                variance = new ArrayRealVector(covariance.operate(counts)).dotProduct(new ArrayRealVector(counts));
        double width = NORMAL * Math.sqrt(variance + Math.pow(scatter * seconds, 2));
        return new StepEstimate(seconds, Math.max(0, seconds - width), seconds + width);
    }

    private static double[] counts(StepOperations work) {
        return new double[] {
            work.stages(),
            work.tasks(),
            work.wire(),
            work.rows(),
            work.passes(),
            work.taskAdds() + work.adds(),
            work.updates()
        };
    }

    @Override
    public String toString() {
        return TERMS + " " + Arrays.toString(prices);
    }
}
