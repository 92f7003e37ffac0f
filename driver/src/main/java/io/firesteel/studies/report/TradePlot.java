package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Examples against steps to each goal, with the fitted hyperbola (S/Smin - 1)(E/Emin - 1) = 1 of McCandlish et al.
 * 2018.
 */
final class TradePlot {
    private TradePlot() {}

    static Plot of(StudyResults results) {
        List<PlotSeries> series = new ArrayList<>();
        List<JsonNode> goals = list(results.summary().path("goals"));
        for (int i = goals.size() - 1; i >= 0; i--) {
            JsonNode goal = goals.get(i), fit = goal.path("fit");
            String colour = PlotSeries.tone(goals.size() - 1 - i);
            List<PlotPoint> points = new ArrayList<>();
            for (JsonNode batch : list(goal.path("batches")))
                points.add(PlotPoint.at(
                        number(batch, "steps", "median"),
                        number(batch, "examples"),
                        String.format(
                                Locale.ROOT,
                                "B %s: %s steps, %s examples",
                                NumberText.of(number(batch, "batch")),
                                NumberText.of(number(batch, "steps", "median")),
                                NumberText.of(number(batch, "examples")))));
            points = StudyResults.points(points);
            if (points.isEmpty()) continue;
            series.add(new PlotSeries(StudyResults.name(goal), MarkStyle.DOTS, colour, points));
            if (fit.path("found").asBoolean()) {
                List<PlotPoint> curve = new ArrayList<>();
                for (PlotPoint end : List.of(points.get(0), points.get(points.size() - 1))) curve.add(end);
                series.add(new PlotSeries(
                        "its fit",
                        MarkStyle.LINE,
                        colour,
                        hyperbola(number(fit, "minSteps"), number(fit, "minExamples"), curve)));
            }
        }
        String title = "Examples against steps";
        if (series.isEmpty()) return Plot.missing("examples-steps", title, "No batch size reached a goal.");
        return new Plot(
                "examples-steps",
                title,
                "One dot per batch size: further left fewer steps, further down fewer examples. The bend is "
                        + "at the critical batch.",
                PlotAxis.x("steps to the goal", AxisScale.LOG2, dots(series)),
                PlotAxis.y("examples to the goal, rows", AxisScale.LOG2, dots(series)),
                series);
    }

    private static List<PlotSeries> dots(List<PlotSeries> series) {
        return series.stream().filter(one -> one.mark() == MarkStyle.DOTS).toList();
    }

    private static List<PlotPoint> hyperbola(double minSteps, double minExamples, List<PlotPoint> ends) {
        double most = Math.max(ends.get(0).x(), ends.get(1).x()),
                least =
                        Math.max(
                                minSteps * 1.005,
                                Math.min(ends.get(0).x(), ends.get(1).x()));
        List<PlotPoint> curve = new ArrayList<>();
        for (int i = 0; i <= 80; i++) {
            double steps =
                    least * Math.pow(most / least, Math.pow(i / 80.0, 3)); // more points where the curve is steep
            curve.add(PlotPoint.at(steps, minExamples * (1 + 1 / (steps / minSteps - 1)), ""));
        }
        return curve;
    }
}
