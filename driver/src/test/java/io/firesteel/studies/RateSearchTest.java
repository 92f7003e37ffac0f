package io.firesteel.studies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.studies.RateSearch.Walk;
import io.firesteel.studies.SearchResult.SearchOutcome;
import io.firesteel.studies.TrialResult.Reached;
import io.firesteel.studies.TrialResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Searches over made-up scores by log2 of the rate; infinite is a failure, NaN a divergence. */
class RateSearchTest {
    private final List<String> rounds = new ArrayList<>();

    @Test
    void aWalkGoesOnUntilBothNeighboursOfTheBestAreWorse() {
        SearchResult choice = walk(new Walk(-4, -10, 3), null, k -> 100 + Math.abs(k + 1.2) * 100);
        assertEquals(SearchOutcome.BRACKETED, choice.outcome());
        assertEquals(0.5, choice.best().point().rate());
        assertEquals(List.of("[-4] 0", "[-5, -3] 760", "[-2] 560", "[-1] 360", "[0] 240"), rounds);
    }

    @Test
    void aWalkStartsOneAboveTheNeighboursBest() {
        SearchResult smaller = walk(new Walk(-4, -10, 3), null, k -> 100 + Math.abs(k + 4));
        rounds.clear();
        walk(new Walk(-4, -10, 3), smaller, k -> 100 + Math.abs(k + 3));
        assertEquals("[-3] 0", rounds.get(0));
    }

    @Test
    void equalScoresGoToTheSmallerRate() {
        SearchResult choice = walk(new Walk(-4, -10, 3), null, k -> k == -3 || k == -2 ? 100 : 200);
        assertEquals(0.125, choice.best().point().rate());
    }

    @Test
    void aBestAtTheEndOfTheGridIsAnEdge() {
        assertEquals(
                SearchOutcome.EDGE_LOW,
                walk(new Walk(-4, -5, 3), null, k -> 1000 + k).outcome());
        assertEquals(
                SearchOutcome.EDGE_HIGH,
                walk(new Walk(-4, -5, -2), null, k -> 1000 - k).outcome());
    }

    @Test
    void aDivergedNeighbourIsWorse() {
        SearchResult choice = walk(new Walk(-4, -10, 3), null, k -> k > -4 ? Double.NaN : 100 - 10 * k);
        assertEquals(SearchOutcome.BRACKETED, choice.outcome());
        assertEquals(0.0625, choice.best().point().rate());
    }

    @Test
    void aWalkThatMeetsNoSuccessLooksToBothSidesAndGivesUp() {
        SearchResult choice = walk(new Walk(0, -10, 3), null, k -> k >= 0 ? Double.NaN : Double.POSITIVE_INFINITY);
        assertEquals(SearchOutcome.FAILED, choice.outcome());
        assertEquals(List.of("[0] 0", "[-1] 0", "[-2] 0", "[-3] 0"), rounds);
        rounds.clear();
        assertEquals(
                0.25,
                walk(new Walk(1, -10, 3), null, k -> k >= -1 ? Double.NaN : 50 - k)
                        .best()
                        .point()
                        .rate());
    }

    @Test
    void haltonPointsFillTheRangesAndSayWhenTheBestIsAtAnEdge() {
        RateSearch.Halton halton = new RateSearch.Halton(16, 1e-4, 1, 0.5, 0.99);
        SearchResult choice = walk(halton, null, k -> 100 + Math.abs(k + 5));
        assertEquals(16, choice.cells().size());
        assertEquals(SearchOutcome.BRACKETED, choice.outcome());
        for (TriedPoint cell : choice.cells()) {
            assertTrue(cell.point().rate() > 1e-4 && cell.point().rate() < 1, "" + cell.point());
            assertTrue(cell.point().momentum() >= 0.5 && cell.point().momentum() <= 0.99, "" + cell.point());
        }
        for (double low = 1e-4; low < 0.5; low *= 10) { // each tenth of the range of rates has some
            double from = low;
            assertTrue(
                    choice.cells().stream()
                            .anyMatch(c -> c.point().rate() >= from && c.point().rate() < 10 * from),
                    "" + low);
        }
        assertEquals(SearchOutcome.EDGE_HIGH, walk(halton, null, k -> 1000 - k).outcome());
    }

    private SearchResult walk(RateSearch search, SearchResult neighbour, DoubleUnaryOperator score) {
        return search.find(64, neighbour, (points, cap) -> {
            rounds.add(points.stream().map(p -> Math.getExponent(p.rate())).toList() + " " + cap);
            return points.stream()
                    .map(p -> {
                        double k = Math.log(p.rate()) / Math.log(2), steps = score.applyAsDouble(k);
                        Status status = Double.isNaN(steps)
                                ? Status.DIVERGED
                                : Double.isInfinite(steps) ? Status.CAP : Status.GOAL;
                        List<Reached> reached =
                                Double.isFinite(steps) ? List.of(new Reached(0.1, Math.round(steps))) : List.of();
                        return TriedPoint.of(
                                p,
                                0.1,
                                List.of(new TrialResult(
                                        null, status, 0, 0, 0, null, null, 0, 0, 0, reached, List.of(), List.of())));
                    })
                    .toList();
        });
    }
}
