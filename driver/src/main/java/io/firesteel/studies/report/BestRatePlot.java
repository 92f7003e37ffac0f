package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The best learning rate against the batch size, beside the linear rule (Goyal et al. 2017) and the square-root rule
 * (Krizhevsky 2014).
 */
final class BestRatePlot {
    private BestRatePlot() {}

    static Plot of(StudyResults results) {
        List<PlotPoint> best = new ArrayList<>(),
                edges = new ArrayList<>(),
                linear = new ArrayList<>(),
                root = new ArrayList<>();
        for (JsonNode search : list(results.summary().path("search"))) {
            double batch = number(search, "batch"), rate = number(search, "best", "rate");
            if (Double.isNaN(rate)) continue;
            String outcome = search.path("outcome").asText();
            PlotPoint point = PlotPoint.at(
                    batch,
                    rate,
                    String.format(
                            Locale.ROOT,
                            "B %s: best rate %s, %s",
                            NumberText.of(batch),
                            NumberText.power(rate),
                            outcome));
            (outcome.startsWith("edge") ? edges : best).add(point);
            double first = linear.isEmpty() ? batch : linear.get(0).x(),
                    start = linear.isEmpty() ? rate : linear.get(0).y();
            linear.add(PlotPoint.at(batch, start * batch / first, ""));
            root.add(PlotPoint.at(batch, start * Math.sqrt(batch / first), ""));
        }
        String title = "Best learning rate";
        if (linear.isEmpty()) return Plot.missing("best-rate", title, "No search found a rate.");
        List<PlotSeries> series = new ArrayList<>(List.of(
                new PlotSeries("linear rule", MarkStyle.DASHED, "t2", linear),
                new PlotSeries("square-root rule", MarkStyle.DASHED, "t3", root)));
        if (!best.isEmpty()) series.add(new PlotSeries("best, bracketed", MarkStyle.DOTS, "t0", best));
        if (!edges.isEmpty())
            series.add(new PlotSeries("best, at an edge of the search", MarkStyle.RINGS, "t4", edges));
        return new Plot(
                "best-rate",
                title,
                "Both rules start at the best rate of the smallest batch.",
                PlotAxis.x("batch size B, rows", AxisScale.LOG2, series),
                PlotAxis.y("learning rate", AxisScale.LOG2, series),
                series);
    }
}
