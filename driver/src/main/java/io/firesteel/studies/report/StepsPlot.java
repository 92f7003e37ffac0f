package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Steps to a goal against the batch size: every seed, the line of perfect scaling, the fit, and the regimes (Shallue et
 * al. 2018).
 */
final class StepsPlot {
    private StepsPlot() {}

    static Plot of(JsonNode goal) {
        String id = "steps-" + goal.path("metric").asText() + "-"
                + goal.path("level").asText();
        String title = "Steps to " + StudyResults.name(goal);
        List<PlotPoint> seeds = new ArrayList<>(),
                medians = new ArrayList<>(),
                fitted = new ArrayList<>(),
                linear = new ArrayList<>();
        for (JsonNode batch : list(goal.path("batches"))) {
            double b = number(batch, "batch");
            for (JsonNode value : list(batch.path("steps").path("values")))
                seeds.add(PlotPoint.at(
                        b,
                        number(value, "steps"),
                        String.format(
                                Locale.ROOT,
                                "B %s, seed %s: %s steps",
                                NumberText.of(b),
                                value.path("seed").asText(),
                                NumberText.of(number(value, "steps")))));
            double median = number(batch, "steps", "median");
            medians.add(PlotPoint.at(
                    b,
                    median,
                    String.format(
                            Locale.ROOT,
                            "B %s: median %s steps at rate %s",
                            NumberText.of(b),
                            NumberText.of(median),
                            NumberText.power(number(batch, "rate")))));
            if (linear.isEmpty() && Double.isFinite(median)) linear.add(PlotPoint.at(b, median, ""));
            else if (!linear.isEmpty())
                linear.add(PlotPoint.at(b, linear.get(0).x() * linear.get(0).y() / b, ""));
        }
        if (StudyResults.points(medians).isEmpty())
            return Plot.missing(id, title, "No batch size reached this goal, so there are no steps to count.");
        JsonNode fit = goal.path("fit");
        boolean found = fit.path("found").asBoolean();
        for (JsonNode each : found ? list(fit.path("perBatch")) : List.<JsonNode>of())
            fitted.add(PlotPoint.at(number(each, "batch"), number(each, "steps"), ""));
        List<PlotSeries> series = new ArrayList<>();
        series.add(new PlotSeries("perfect scaling, 1/B", MarkStyle.DASHED, "quiet", StudyResults.points(linear)));
        if (found)
            series.add(new PlotSeries(
                    "fit, critical batch " + NumberText.of(number(fit, "criticalBatch")),
                    MarkStyle.LINE,
                    "t1",
                    smooth(fit, fitted)));
        series.add(new PlotSeries("seeds", MarkStyle.RINGS, "quiet", StudyResults.points(seeds)));
        series.add(new PlotSeries("median", MarkStyle.DOTS, "t0", StudyResults.points(medians)));
        List<Plot.Shade> shades = list(goal.path("spans")).stream()
                .map(span -> new Plot.Shade(span.path("regime").asText(), number(span, "from"), number(span, "to")))
                .toList();
        PlotAxis y = PlotAxis.y(
                "steps",
                AxisScale.LOG2,
                List.of(
                        new PlotSeries("", MarkStyle.DOTS, "", StudyResults.points(seeds)),
                        new PlotSeries("", MarkStyle.DOTS, "", StudyResults.points(medians))));
        String caption = found
                ? "The fit is S = Smin (1 + Bcrit/B), by least squares of log S over log Bcrit."
                : "No fit: " + fit.path("reason").asText("unknown") + ".";
        return new Plot(
                id, title, caption, PlotAxis.x("batch size B, rows", AxisScale.LOG2, series), y, shades, series, null);
    }

    /** The fitted curve at many batch sizes between the smallest and the largest. */
    private static List<PlotPoint> smooth(JsonNode fit, List<PlotPoint> at) {
        double critical = number(fit, "criticalBatch"), min = number(fit, "minSteps");
        List<PlotPoint> curve = new ArrayList<>();
        if (at.isEmpty()) return curve;
        double from = Math.log(at.get(0).x()),
                to = Math.log(at.get(at.size() - 1).x());
        for (int i = 0; i <= 60; i++) {
            double b = Math.exp(from + (to - from) * i / 60);
            curve.add(PlotPoint.at(b, min * (1 + critical / b), ""));
        }
        return curve;
    }
}
