package io.firesteel.studies.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.spec.Specs;
import java.util.Locale;

/** The data of a plot as CSV or JSON: one line or object per point. */
final class PlotExport {
    private PlotExport() {}

    static String csv(Plot plot) {
        StringBuilder csv = new StringBuilder(String.format(
                Locale.ROOT,
                "series,%s,%s,low,high,note%n",
                quoted(plot.x().title()),
                quoted(plot.y().title())));
        for (PlotSeries series : plot.series())
            for (PlotPoint point : series.points())
                csv.append(String.format(
                        Locale.ROOT,
                        "%s,%s,%s,%s,%s,%s%n",
                        quoted(series.name()),
                        text(point.x()),
                        text(point.y()),
                        text(point.low()),
                        text(point.high()),
                        quoted(point.note())));
        return csv.toString();
    }

    static String json(Plot plot) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("title", plot.title())
                .put("x", plot.x().title())
                .put("y", plot.y().title());
        for (PlotSeries series : plot.series()) {
            ObjectNode one = json.withArray("series").addObject().put("name", series.name());
            for (PlotPoint point : series.points()) {
                ObjectNode at =
                        one.withArray("points").addObject().put("x", point.x()).put("y", point.y());
                if (Double.isFinite(point.low())) at.put("low", point.low());
                if (Double.isFinite(point.high())) at.put("high", point.high());
            }
        }
        return Specs.text(json);
    }

    private static String text(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
