package io.firesteel.report;

import static io.firesteel.report.Results.list;
import static io.firesteel.report.Results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples against steps to each goal, with the fitted hyperbola (S/Smin - 1)(E/Emin - 1) = 1 of McCandlish et al.
 * 2018.
 */
final class TradePlot {
    private TradePlot() {}

    static Plot of(Results results) {
        List<Series> series = new ArrayList<>();
        List<JsonNode> goals = list(results.summary().path("goals"));
        for (int i = goals.size() - 1; i >= 0; i--) {
            JsonNode goal = goals.get(i), fit = goal.path("fit");
            String colour = Series.tone(goals.size() - 1 - i);
            List<Point> points = new ArrayList<>();
            for (JsonNode batch : list(goal.path("batches")))
                points.add(Point.at(
                        number(batch, "steps", "median"),
                        number(batch, "examples"),
                        "B %s: %s steps, %s examples"
                                .formatted(
                                        Figure.of(number(batch, "batch")),
                                        Figure.of(number(batch, "steps", "median")),
                                        Figure.of(number(batch, "examples")))));
            points = Results.points(points);
            if (points.isEmpty()) continue;
            series.add(new Series(Results.name(goal), Mark.DOTS, colour, points));
            if (fit.path("found").asBoolean()) {
                List<Point> curve = new ArrayList<>();
                for (Point end : List.of(points.get(0), points.get(points.size() - 1))) curve.add(end);
                series.add(new Series(
                        "its fit",
                        Mark.LINE,
                        colour,
                        hyperbola(number(fit, "minSteps"), number(fit, "minExamples"), curve)));
            }
        }
        String title = "Examples against steps";
        if (series.isEmpty()) return Plot.missing("examples-steps", title, "No batch size reached a goal.");
        return new Plot(
                "examples-steps",
                title,
                "One dot a batch size: to the left fewer steps, below fewer examples. The bend is where the "
                        + "batch is critical.",
                Axis.x("steps to the goal", Scale.LOG2, dots(series)),
                Axis.y("examples to the goal, rows", Scale.LOG2, dots(series)),
                series);
    }

    private static List<Series> dots(List<Series> series) {
        return series.stream().filter(one -> one.mark() == Mark.DOTS).toList();
    }

    private static List<Point> hyperbola(double minSteps, double minExamples, List<Point> ends) {
        double most = Math.max(ends.get(0).x(), ends.get(1).x()),
                least =
                        Math.max(
                                minSteps * 1.005,
                                Math.min(ends.get(0).x(), ends.get(1).x()));
        List<Point> curve = new ArrayList<>();
        for (int i = 0; i <= 80; i++) {
            double steps = least * Math.pow(most / least, Math.pow(i / 80.0, 3)); // dense where it is steep
            curve.add(Point.at(steps, minExamples * (1 + 1 / (steps / minSteps - 1)), ""));
        }
        return curve;
    }
}
