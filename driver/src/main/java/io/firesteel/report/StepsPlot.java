package io.firesteel.report;

import static io.firesteel.report.Results.list;
import static io.firesteel.report.Results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps to a goal against the batch size: every seed, the line of perfect scaling, the fit, the regimes (Shallue et al.
 * 2018).
 */
final class StepsPlot {
    private StepsPlot() {}

    static Plot of(JsonNode goal) {
        String id = "steps-" + goal.path("metric").asText() + "-"
                + goal.path("level").asText();
        String title = "Steps to " + Results.name(goal);
        List<Point> seeds = new ArrayList<>(),
                medians = new ArrayList<>(),
                fitted = new ArrayList<>(),
                linear = new ArrayList<>();
        for (JsonNode batch : list(goal.path("batches"))) {
            double b = number(batch, "batch");
            for (JsonNode value : list(batch.path("steps").path("values")))
                seeds.add(Point.at(
                        b,
                        number(value, "steps"),
                        "B %s, seed %s: %s steps"
                                .formatted(
                                        Figure.of(b), value.path("seed").asText(), Figure.of(number(value, "steps")))));
            double median = number(batch, "steps", "median");
            medians.add(Point.at(
                    b,
                    median,
                    "B %s: median %s steps at rate %s"
                            .formatted(Figure.of(b), Figure.of(median), Figure.power(number(batch, "rate")))));
            if (linear.isEmpty() && Double.isFinite(median)) linear.add(Point.at(b, median, ""));
            else if (!linear.isEmpty())
                linear.add(Point.at(b, linear.get(0).x() * linear.get(0).y() / b, ""));
        }
        if (Results.points(medians).isEmpty())
            return Plot.missing(id, title, "No batch size reached this goal, so there are no steps to count.");
        JsonNode fit = goal.path("fit");
        boolean found = fit.path("found").asBoolean();
        for (JsonNode each : found ? list(fit.path("perBatch")) : List.<JsonNode>of())
            fitted.add(Point.at(number(each, "batch"), number(each, "steps"), ""));
        List<Series> series = new ArrayList<>();
        series.add(new Series("perfect scaling, 1/B", Mark.DASHED, "quiet", Results.points(linear)));
        if (found)
            series.add(new Series(
                    "fit, critical batch " + Figure.of(number(fit, "criticalBatch")),
                    Mark.LINE,
                    "t1",
                    smooth(fit, fitted)));
        series.add(new Series("seeds", Mark.RINGS, "quiet", Results.points(seeds)));
        series.add(new Series("median", Mark.DOTS, "t0", Results.points(medians)));
        List<Plot.Shade> shades = list(goal.path("spans")).stream()
                .map(span -> new Plot.Shade(span.path("regime").asText(), number(span, "from"), number(span, "to")))
                .toList();
        Axis y = Axis.y(
                "steps",
                Scale.LOG2,
                List.of(
                        new Series("", Mark.DOTS, "", Results.points(seeds)),
                        new Series("", Mark.DOTS, "", Results.points(medians))));
        String caption = found
                ? "The fit is S = Smin (1 + Bcrit/B), by least squares of log S over log Bcrit."
                : "No fit: " + fit.path("reason").asText("unknown") + ".";
        return new Plot(id, title, caption, Axis.x("batch size B, rows", Scale.LOG2, series), y, shades, series, null);
    }

    /** The curve at many batch sizes between the first and the last. */
    private static List<Point> smooth(JsonNode fit, List<Point> at) {
        double critical = number(fit, "criticalBatch"), min = number(fit, "minSteps");
        List<Point> curve = new ArrayList<>();
        if (at.isEmpty()) return curve;
        double from = Math.log(at.get(0).x()),
                to = Math.log(at.get(at.size() - 1).x());
        for (int i = 0; i <= 60; i++) {
            double b = Math.exp(from + (to - from) * i / 60);
            curve.add(Point.at(b, min * (1 + critical / b), ""));
        }
        return curve;
    }
}
