package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Steps to the hardest goal against the learning rate, one line per batch size; rates that failed are crosses at the
 * top.
 */
final class RatePlot {
    private RatePlot() {}

    static Plot of(StudyResults results) {
        List<PlotSeries> series = new ArrayList<>();
        List<PlotPoint> failed = new ArrayList<>(), edges = new ArrayList<>();
        String title = "Steps against learning rate, by batch size";
        for (JsonNode search : list(results.summary().path("search"))) {
            int batch = search.path("batch").asInt();
            List<PlotPoint> points = new ArrayList<>();
            for (JsonNode cell : list(search.path("cells"))) {
                double rate = number(cell, "rate"), score = number(cell, "score");
                points.add(PlotPoint.at(
                        rate,
                        score,
                        String.format(
                                Locale.ROOT,
                                "B %d, rate %s: median %s steps",
                                batch,
                                NumberText.power(rate),
                                NumberText.of(score))));
                if (Double.isNaN(score))
                    failed.add(PlotPoint.at(
                            rate,
                            batch,
                            String.format(Locale.ROOT, "B %d, rate %s: failed", batch, NumberText.power(rate))));
                else if (search.path("outcome").asText().startsWith("edge") && rate == number(search, "best", "rate"))
                    edges.add(PlotPoint.at(
                            rate,
                            score,
                            String.format(
                                    Locale.ROOT,
                                    "B %d: the best rate is at the %s",
                                    batch,
                                    search.path("outcome").asText())));
            }
            points.sort(java.util.Comparator.comparingDouble(PlotPoint::x));
            series.add(new PlotSeries(
                    "B " + NumberText.power(batch),
                    MarkStyle.TRACE,
                    results.colour(batch),
                    StudyResults.points(points)));
        }
        if (series.stream().allMatch(one -> one.points().isEmpty()))
            return Plot.missing(
                    "steps-rate",
                    title,
                    "No rate was searched" + (series.isEmpty() ? ": the study's rule gives it." : " successfully."));
        PlotAxis y = PlotAxis.y("steps to the hardest goal (median of the search seeds)", AxisScale.LOG2, series);
        double ceiling = y.max();
        y = new PlotAxis(y.title(), y.scale(), y.min(), ceiling * 1.2);
        if (!edges.isEmpty()) series.add(new PlotSeries("best at an edge", MarkStyle.RINGS, "t4", edges));
        if (!failed.isEmpty())
            series.add(new PlotSeries(
                    "failed",
                    MarkStyle.CROSSES,
                    "t4",
                    failed.stream()
                            .map(point -> PlotPoint.at(point.x(), ceiling, point.note()))
                            .toList()));
        return new Plot(
                "steps-rate",
                title,
                "Each minimum is a batch size's best rate; crosses at the top are rates that never reached the goal.",
                PlotAxis.x("learning rate", AxisScale.LOG2, series),
                y,
                series);
    }
}
