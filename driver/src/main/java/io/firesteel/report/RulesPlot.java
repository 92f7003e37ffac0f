package io.firesteel.report;

import static io.firesteel.report.Results.list;
import static io.firesteel.report.Results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a learning-rate rule costs: its steps to the hardest goal over those of the tuned rate. */
final class RulesPlot {
    private RulesPlot() {}

    static Plot of(Results results) {
        List<Series> series = new ArrayList<>();
        for (JsonNode rule : list(results.summary().path("rules"))) {
            String name = rule.path("rule").asText();
            if (name.equals("tuned")) continue;
            List<Point> points = new ArrayList<>();
            for (JsonNode batch : list(rule.path("batches")))
                points.add(Point.at(
                        number(batch, "batch"),
                        number(batch, "ratioToTuned"),
                        "%s, B %s: %s times the steps of the tuned rate"
                                .formatted(
                                        name,
                                        Figure.of(number(batch, "batch")),
                                        Figure.of(number(batch, "ratioToTuned")))));
            points = Results.points(points);
            if (!points.isEmpty())
                series.add(new Series(name + " rule", Mark.TRACE, Series.tone(series.size()), points));
        }
        String title = "Learning-rate rules against the tuned rate";
        if (series.isEmpty())
            return Plot.missing("rules", title, "The study has no rule beside a tuned one that reached the goal too.");
        Axis x = Axis.x("batch size B, rows", Scale.LOG2, series);
        series.add(
                0,
                new Series("tuned", Mark.DASHED, "quiet", List.of(Point.at(x.min(), 1, ""), Point.at(x.max(), 1, ""))));
        return new Plot(
                "rules",
                title,
                "1 is as good as tuned; a batch size that is not there never reached the goal by that rule.",
                x,
                Axis.y("steps of the rule / steps when tuned", Scale.LOG2, series),
                series);
    }
}
