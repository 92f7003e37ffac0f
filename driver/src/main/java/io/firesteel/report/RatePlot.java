package io.firesteel.report;

import static io.firesteel.report.Results.list;
import static io.firesteel.report.Results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps to the hardest goal against the learning rate, one line a batch size; rates that failed stand as crosses at the
 * top.
 */
final class RatePlot {
    private RatePlot() {}

    static Plot of(Results results) {
        List<Series> series = new ArrayList<>();
        List<Point> failed = new ArrayList<>(), edges = new ArrayList<>();
        String title = "Steps against learning rate, by batch size";
        for (JsonNode search : list(results.summary().path("search"))) {
            int batch = search.path("batch").asInt();
            List<Point> points = new ArrayList<>();
            for (JsonNode cell : list(search.path("cells"))) {
                double rate = number(cell, "rate"), score = number(cell, "score");
                points.add(Point.at(
                        rate,
                        score,
                        "B %d, rate %s: median %s steps".formatted(batch, Figure.power(rate), Figure.of(score))));
                if (Double.isNaN(score))
                    failed.add(Point.at(rate, batch, "B %d, rate %s: failed".formatted(batch, Figure.power(rate))));
                else if (search.path("outcome").asText().startsWith("edge") && rate == number(search, "best", "rate"))
                    edges.add(Point.at(
                            rate,
                            score,
                            "B %d: the best rate is at the %s"
                                    .formatted(batch, search.path("outcome").asText())));
            }
            points.sort(java.util.Comparator.comparingDouble(Point::x));
            series.add(
                    new Series("B " + Figure.power(batch), Mark.TRACE, results.colour(batch), Results.points(points)));
        }
        if (series.stream().allMatch(one -> one.points().isEmpty()))
            return Plot.missing(
                    "steps-rate",
                    title,
                    "No rate was searched"
                            + (series.isEmpty() ? ": the rule of the study gives it." : " with success."));
        Axis y = Axis.y("steps to the hardest goal (median of the search seeds)", Scale.LOG2, series);
        double ceiling = y.max();
        y = new Axis(y.title(), y.scale(), y.min(), ceiling * 1.2);
        if (!edges.isEmpty()) series.add(new Series("best at an edge", Mark.RINGS, "t4", edges));
        if (!failed.isEmpty())
            series.add(new Series(
                    "failed",
                    Mark.CROSSES,
                    "t4",
                    failed.stream()
                            .map(point -> Point.at(point.x(), ceiling, point.note()))
                            .toList()));
        return new Plot(
                "steps-rate",
                title,
                "Each minimum is a batch size's best rate; crosses at the top are rates that never reached the goal.",
                Axis.x("learning rate", Scale.LOG2, series),
                y,
                series);
    }
}
