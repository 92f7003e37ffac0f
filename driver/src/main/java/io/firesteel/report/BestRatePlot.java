package io.firesteel.report;

import static io.firesteel.report.Results.list;
import static io.firesteel.report.Results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The best learning rate against the batch size, beside the linear rule (Goyal et al. 2017) and the square-root rule
 * (Krizhevsky 2014).
 */
final class BestRatePlot {
    private BestRatePlot() {}

    static Plot of(Results results) {
        List<Point> best = new ArrayList<>(),
                edges = new ArrayList<>(),
                linear = new ArrayList<>(),
                root = new ArrayList<>();
        for (JsonNode search : list(results.summary().path("search"))) {
            double batch = number(search, "batch"), rate = number(search, "best", "rate");
            if (Double.isNaN(rate)) continue;
            String outcome = search.path("outcome").asText();
            Point point = Point.at(
                    batch, rate, "B %s: best rate %s, %s".formatted(Figure.of(batch), Figure.power(rate), outcome));
            (outcome.startsWith("edge") ? edges : best).add(point);
            double first = linear.isEmpty() ? batch : linear.get(0).x(),
                    start = linear.isEmpty() ? rate : linear.get(0).y();
            linear.add(Point.at(batch, start * batch / first, ""));
            root.add(Point.at(batch, start * Math.sqrt(batch / first), ""));
        }
        String title = "Best learning rate";
        if (linear.isEmpty()) return Plot.missing("best-rate", title, "No rate was searched with success.");
        List<Series> series = new ArrayList<>(List.of(
                new Series("linear rule", Mark.DASHED, "t2", linear),
                new Series("square-root rule", Mark.DASHED, "t3", root)));
        if (!best.isEmpty()) series.add(new Series("best, bracketed", Mark.DOTS, "t0", best));
        if (!edges.isEmpty()) series.add(new Series("best, at an edge of the search", Mark.RINGS, "t4", edges));
        return new Plot(
                "best-rate",
                title,
                "Both rules start at the best rate of the smallest batch.",
                Axis.x("batch size B, rows", Scale.LOG2, series),
                Axis.y("learning rate", Scale.LOG2, series),
                series);
    }
}
