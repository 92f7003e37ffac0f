package io.firesteel.studies;

import io.firesteel.spec.Default;
import io.firesteel.studies.SearchResult.SearchOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.random.HaltonSequenceGenerator;

/**
 * How the best learning rate of a batch size is found. The next points depend only on the scores of finished points,
 * and all points of a round share one cap, so the order in which trials end does not matter.
 */
public sealed interface RateSearch {
    /** Runs points in parallel, each trial for at most {@code cap} steps; 0 means the study's own caps. */
    interface Cells {
        List<TriedPoint> run(List<TunedValues> points, long cap);
    }

    /** Searches for one batch size; {@code neighbour} is the result of the next smaller one, or null. */
    SearchResult find(int batch, SearchResult neighbour, Cells cells);

    /** The point with the lowest score, ties to the smaller rate; null if all failed. */
    private static TriedPoint best(Iterable<TriedPoint> cells) {
        TriedPoint best = null;
        for (TriedPoint point : cells)
            if (Double.isFinite(point.score())
                    && (best == null
                            || point.score() < best.score()
                            || point.score() == best.score()
                                    && point.point().rate() < best.point().rate())) best = point;
        return best;
    }

    /** Twice the median of the best point so far. */
    private static long cap(TriedPoint incumbent) {
        return incumbent == null ? 0 : (long) Math.ceil(2 * incumbent.score());
    }

    /**
     * A line search over rates 2^k: from the neighbour's best k + 1, to both sides of the best until both are worse or
     * failed.
     *
     * @param start k at which the smallest batch starts
     * @param lowest lowest k
     * @param highest highest k
     */
    record Walk(
            int start,
            @Default("-12") int lowest,
            @Default("4") int highest) implements RateSearch {
        private static final int REACH = 3; // rounds without success before the search gives up

        public Walk {
            if (lowest < -100 || highest > 100 || start < lowest || start > highest)
                throw new IllegalArgumentException(
                        "-100 <= lowest <= start <= highest <= 100, got " + lowest + ", " + start + ", " + highest);
        }

        @Override
        public SearchResult find(int batch, SearchResult neighbour, Cells cells) {
            TreeMap<Integer, TriedPoint> seen = new TreeMap<>();
            boolean known = neighbour != null && neighbour.best() != null;
            List<Integer> round = List.of(known ? Math.min(highest, exponent(neighbour.best()) + 1) : start);
            TriedPoint best = null;
            for (int blind = 0; !round.isEmpty() && blind <= REACH; ) {
                List<TriedPoint> done = cells.run(
                        round.stream()
                                .map(k -> new TunedValues(Math.scalb(1.0, k), null))
                                .toList(),
                        cap(best));
                for (TriedPoint point : done) seen.put(exponent(point), point);
                best = best(seen.values());
                round = best == null ? outwards(seen) : missing(seen, exponent(best));
                if (best == null) blind++;
            }
            return new SearchResult(batch, best, outcome(best), List.copyOf(seen.values()));
        }

        private static int exponent(TriedPoint point) {
            return Math.getExponent(point.point().rate());
        }

        private List<Integer> missing(Map<Integer, TriedPoint> seen, int best) {
            List<Integer> missing = new ArrayList<>();
            for (int k : new int[] {best - 1, best + 1})
                if (k >= lowest && k <= highest && !seen.containsKey(k)) missing.add(k);
            return missing;
        }

        /** While nothing has succeeded: one step further down, and one up unless the highest rate diverged. */
        private List<Integer> outwards(TreeMap<Integer, TriedPoint> seen) {
            List<Integer> next = new ArrayList<>();
            if (seen.firstKey() > lowest) next.add(seen.firstKey() - 1);
            if (seen.lastKey() < highest && !seen.lastEntry().getValue().diverged()) next.add(seen.lastKey() + 1);
            return next;
        }

        private SearchOutcome outcome(TriedPoint best) {
            if (best == null) return SearchOutcome.FAILED;
            if (exponent(best) == lowest) return SearchOutcome.EDGE_LOW;
            return exponent(best) == highest ? SearchOutcome.EDGE_HIGH : SearchOutcome.BRACKETED;
        }
    }

    /**
     * Quasi-random search: points of the Halton sequence in the logarithms of the rate and of 1 - momentum (Bergstra
     * and Bengio 2012, Shallue et al. 2018). The best counts as at an edge if it is in the outer tenth of the rates.
     *
     * @param points how many points are tried
     * @param lowRate lowest learning rate
     * @param highRate highest learning rate
     * @param lowMomentum lowest momentum
     * @param highMomentum highest momentum
     */
    record Halton(int points, double lowRate, double highRate, double lowMomentum, double highMomentum)
            implements RateSearch {
        private static final int ROUND = 4; // points that share a cap
        private static final double OUTER = 0.1;

        public Halton {
            if (points <= 0) throw new IllegalArgumentException("points is above 0, got " + points);
            if (!(lowRate > 0 && lowRate < highRate)) throw new IllegalArgumentException("0 < lowRate < highRate");
            if (!(lowMomentum >= 0 && lowMomentum <= highMomentum && highMomentum < 1))
                throw new IllegalArgumentException("0 <= lowMomentum <= highMomentum < 1");
        }

        @Override
        public SearchResult find(int batch, SearchResult neighbour, Cells cells) {
            HaltonSequenceGenerator sequence = new HaltonSequenceGenerator(2);
            sequence.nextVector(); // skip the first point, the origin
            List<TunedValues> drawn = new ArrayList<>();
            for (int i = 0; i < points; i++) drawn.add(point(sequence.nextVector()));
            List<TriedPoint> seen = new ArrayList<>();
            for (int from = 0; from < points; from += ROUND)
                seen.addAll(cells.run(drawn.subList(from, Math.min(points, from + ROUND)), cap(best(seen))));
            TriedPoint best = best(seen);
            return new SearchResult(
                    batch,
                    best,
                    outcome(best),
                    seen.stream()
                            .sorted(Comparator.comparingDouble(
                                    point -> point.point().rate()))
                            .toList());
        }

        private TunedValues point(double[] u) {
            double rate = lowRate * StrictMath.pow(highRate / lowRate, u[0]);
            double complement = (1 - highMomentum) * StrictMath.pow((1 - lowMomentum) / (1 - highMomentum), u[1]);
            return new TunedValues(rate, 1 - complement);
        }

        private SearchOutcome outcome(TriedPoint best) {
            if (best == null) return SearchOutcome.FAILED;
            double position = StrictMath.log(best.point().rate() / lowRate) / StrictMath.log(highRate / lowRate);
            if (position < OUTER) return SearchOutcome.EDGE_LOW;
            return position > 1 - OUTER ? SearchOutcome.EDGE_HIGH : SearchOutcome.BRACKETED;
        }
    }
}
