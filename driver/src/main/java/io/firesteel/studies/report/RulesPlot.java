package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cost of a learning-rate rule: its steps to the hardest goal over those of the tuned rate. */
final class RulesPlot {
    private RulesPlot() {}

    static Plot of(StudyResults results) {
        List<PlotSeries> series = new ArrayList<>();
        for (JsonNode rule : list(results.summary().path("rules"))) {
            String name = rule.path("rule").asText();
            if (name.equals("tuned")) continue;
            List<PlotPoint> points = new ArrayList<>();
            for (JsonNode batch : list(rule.path("batches")))
                points.add(PlotPoint.at(
                        number(batch, "batch"),
                        number(batch, "ratioToTuned"),
                        String.format(
                                Locale.ROOT,
                                "%s, B %s: %s times the steps of the tuned rate",
                                name,
                                NumberText.of(number(batch, "batch")),
                                NumberText.of(number(batch, "ratioToTuned")))));
            points = StudyResults.points(points);
            if (!points.isEmpty())
                series.add(new PlotSeries(name + " rule", MarkStyle.TRACE, PlotSeries.tone(series.size()), points));
        }
        String title = "Learning-rate rules against the tuned rate";
        if (series.isEmpty()) return Plot.missing("rules", title, "No rule besides the tuned one reached the goal.");
        PlotAxis x = PlotAxis.x("batch size B, rows", AxisScale.LOG2, series);
        series.add(
                0,
                new PlotSeries(
                        "tuned",
                        MarkStyle.DASHED,
                        "quiet",
                        List.of(PlotPoint.at(x.min(), 1, ""), PlotPoint.at(x.max(), 1, ""))));
        return new Plot(
                "rules",
                title,
                "1 is as good as tuned; a missing batch size did not reach the goal with that rule.",
                x,
                PlotAxis.y("steps of the rule / steps when tuned", AxisScale.LOG2, series),
                series);
    }
}
