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
 * How the best rate of a batch is found. The next cells depend on nothing but the scores of cells that are done, and
 * all cells of a round share one cap, so that it does not matter which ends first.
 */
public sealed interface RateSearch {
    /** Runs cells side by side, each trial for at most {@code cap} steps; 0 leaves the study's own caps. */
    interface Cells {
        List<TriedPoint> run(List<TunedValues> points, long cap);
    }

    /** The choice for a batch; {@code neighbour} is that of the next smaller one, or null. */
    SearchResult find(int batch, SearchResult neighbour, Cells cells);

    /** The cell of the least score, ties to the smaller rate; null where every one failed. */
    private static TriedPoint best(Iterable<TriedPoint> cells) {
        TriedPoint best = null;
        for (TriedPoint cell : cells)
            if (Double.isFinite(cell.score())
                    && (best == null
                            || cell.score() < best.score()
                            || cell.score() == best.score()
                                    && cell.point().rate() < best.point().rate())) best = cell;
        return best;
    }

    /** Twice the incumbent's median. */
    private static long cap(TriedPoint incumbent) {
        return incumbent == null ? 0 : (long) Math.ceil(2 * incumbent.score());
    }

    /**
     * A walk over rates 2^k: from the neighbour's best k + 1, to both sides of the best until both are worse or failed.
     *
     * @param start k of the smallest batch
     * @param lowest end of the grid
     * @param highest end of the grid
     */
    record Walk(
            int start,
            @Default("-12") int lowest,
            @Default("4") int highest) implements RateSearch {
        private static final int REACH = 3; // rounds without any success

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
                for (TriedPoint cell : done) seen.put(exponent(cell), cell);
                best = best(seen.values());
                round = best == null ? outwards(seen) : missing(seen, exponent(best));
                if (best == null) blind++;
            }
            return new SearchResult(batch, best, outcome(best), List.copyOf(seen.values()));
        }

        private static int exponent(TriedPoint cell) {
            return Math.getExponent(cell.point().rate());
        }

        private List<Integer> missing(Map<Integer, TriedPoint> seen, int best) {
            List<Integer> missing = new ArrayList<>();
            for (int k : new int[] {best - 1, best + 1})
                if (k >= lowest && k <= highest && !seen.containsKey(k)) missing.add(k);
            return missing;
        }

        /** Where nothing has succeeded: one further down, and up unless the highest rate diverged. */
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
     * Points of the Halton sequence in the logarithms of the rate and of 1 - momentum: Bergstra and Bengio 2012,
     * Shallue et al. 2018. The best is at an edge where it is in the outer tenth of the rates.
     */
    record Halton(int points, double lowRate, double highRate, double lowMomentum, double highMomentum)
            implements RateSearch {
        private static final int ROUND = 4; // cells that share a cap
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
            sequence.nextVector(); // the corner
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
                                    cell -> cell.point().rate()))
                            .toList());
        }

        private TunedValues point(double[] u) {
            double rate = lowRate * StrictMath.pow(highRate / lowRate, u[0]);
            double rest = (1 - highMomentum) * StrictMath.pow((1 - lowMomentum) / (1 - highMomentum), u[1]);
            return new TunedValues(rate, 1 - rest);
        }

        private SearchOutcome outcome(TriedPoint best) {
            if (best == null) return SearchOutcome.FAILED;
            double place = StrictMath.log(best.point().rate() / lowRate) / StrictMath.log(highRate / lowRate);
            if (place < OUTER) return SearchOutcome.EDGE_LOW;
            return place > 1 - OUTER ? SearchOutcome.EDGE_HIGH : SearchOutcome.BRACKETED;
        }
    }
}
