package io.firesteel.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** The three regimes of Shallue et al. 2018, by the slope of log steps over log batch between neighbouring batches. */
record Regimes(List<Interval> intervals) {
  private static final double PERFECT = -0.9; // and steeper
  private static final double MAXIMAL = -0.1; // and flatter

  /** What another row in the batch brings. */
  enum Regime {
    PERFECT, DIMINISHING, MAXIMAL;

    @Override public String toString() { return name().toLowerCase(Locale.ROOT); }
  }

  /** Between two batches that both reached the goal. */
  record Interval(int from, int to, double slope, Regime regime) {}

  /** Medians by batch, all finite. */
  static Regimes of(SortedMap<Integer, Double> medians) {
    List<Interval> intervals = new ArrayList<>();
    Map.Entry<Integer, Double> before = null;
    for (var next : medians.entrySet()) {
      if (before != null) {
        double slope = Math.log(next.getValue() / before.getValue())
            / Math.log((double) next.getKey() / before.getKey());
        Regime regime = slope <= PERFECT ? Regime.PERFECT : slope >= MAXIMAL ? Regime.MAXIMAL : Regime.DIMINISHING;
        intervals.add(new Interval(before.getKey(), next.getKey(), slope, regime));
      }
      before = next;
    }
    return new Regimes(intervals);
  }

  /** Neighbouring intervals of one regime as one; the slope is that of the first. */
  List<Interval> spans() {
    List<Interval> spans = new ArrayList<>();
    for (Interval next : intervals) {
      Interval last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      if (last == null || last.regime != next.regime || last.to != next.from) spans.add(next);
      else spans.set(spans.size() - 1, new Interval(last.from, next.to, last.slope, last.regime));
    }
    return spans;
  }

  void write(ObjectNode to) {
    var list = to.putArray("regimes");
    for (Interval each : intervals)
      list.addObject().put("from", each.from).put("to", each.to).put("slope", each.slope).put("regime",
          "" + each.regime);
    var shaded = to.putArray("spans");
    for (Interval each : spans())
      shaded.addObject().put("regime", "" + each.regime).put("from", each.from).put("to", each.to);
  }
}
