package io.firesteel.studies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** The three regimes of Shallue et al. 2018, by the slope of log steps over log batch between neighbouring batches. */
record ScalingRegimes(List<Interval> intervals) {
    private static final double PERFECT = -0.9; // and steeper
    private static final double MAXIMAL = -0.1; // and flatter

    /** How the steps change as the batch grows. */
    enum Regime {
        PERFECT,
        DIMINISHING,
        MAXIMAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Two neighbouring batches that both reached the goal. */
    record Interval(int from, int to, double slope, Regime regime) {}

    /** Medians by batch, all finite. */
    static ScalingRegimes of(SortedMap<Integer, Double> medians) {
        List<Interval> intervals = new ArrayList<>();
        Map.Entry<Integer, Double> before = null;
        for (var next : medians.entrySet()) {
            if (before != null) {
                double slope = Math.log(next.getValue() / before.getValue())
                        / Math.log((double) next.getKey() / before.getKey());
                Regime regime =
                        slope <= PERFECT ? Regime.PERFECT : slope >= MAXIMAL ? Regime.MAXIMAL : Regime.DIMINISHING;
                intervals.add(new Interval(before.getKey(), next.getKey(), slope, regime));
            }
            before = next;
        }
        return new ScalingRegimes(intervals);
    }

    /**
     * The three regimes in their order, with their batch ranges: the two cut points that change the measured slopes
     * least. Medians of few seeds scatter, so single intervals may disagree.
     */
    List<Interval> spans() {
        int n = intervals.size(), first = 0, second = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= n; i++)
            for (int j = i; j <= n; j++) {
                double bent = bent(0, i, Regime.PERFECT) + bent(i, j, Regime.DIMINISHING) + bent(j, n, Regime.MAXIMAL);
                if (bent >= least) continue;
                least = bent;
                first = i;
                second = j;
            }
        List<Interval> spans = new ArrayList<>();
        span(spans, 0, first, Regime.PERFECT);
        span(spans, first, second, Regime.DIMINISHING);
        span(spans, second, n, Regime.MAXIMAL);
        return spans;
    }

    /** The distance of the slopes of intervals [from, to) from the range of a regime. */
    private double bent(int from, int to, Regime regime) {
        double sum = 0;
        for (Interval each : intervals.subList(from, to)) {
            double above = each.slope - PERFECT, below = MAXIMAL - each.slope;
            sum += Math.max(
                    0,
                    switch (regime) {
                        case PERFECT -> above;
                        case MAXIMAL -> below;
                        case DIMINISHING -> Math.max(-above, -below);
                    });
        }
        return sum;
    }

    private void span(List<Interval> spans, int from, int to, Regime regime) {
        if (from == to) return;
        double slope = intervals.subList(from, to).stream()
                .mapToDouble(Interval::slope)
                .average()
                .orElseThrow();
        spans.add(new Interval(intervals.get(from).from, intervals.get(to - 1).to, slope, regime));
    }

    void write(ObjectNode to) {
        var list = to.putArray("regimes");
        for (Interval each : intervals)
            list.addObject()
                    .put("from", each.from)
                    .put("to", each.to)
                    .put("slope", each.slope)
                    .put("regime", "" + each.regime);
        var shaded = to.putArray("spans");
        for (Interval each : spans())
            shaded.addObject()
                    .put("regime", "" + each.regime)
                    .put("from", each.from)
                    .put("to", each.to);
    }
}
