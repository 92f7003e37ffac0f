package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The gradient noise scale along training, with its interval, beside the critical batch of the fit (McCandlish et al.
 * 2018).
 */
final class NoisePlot {
    private NoisePlot() {}

    static Plot of(StudyResults results) {
        List<PlotSeries> lines = new ArrayList<>(), bands = new ArrayList<>();
        for (JsonNode noise : list(results.summary().path("noise"))) {
            int batch = noise.path("batch").asInt();
            List<PlotPoint> points = new ArrayList<>();
            for (StudyCsvRow row : results.measurements()) {
                if (!row.text("trial").equals(noise.path("trial").asText()) || !(row.number("noiseScale") > 0))
                    continue;
                points.add(new PlotPoint(
                        row.number("step"),
                        row.number("noiseScale"),
                        row.number("noiseLow"),
                        row.number("noiseHigh"),
                        String.format(
                                Locale.ROOT,
                                "B %d, step %s: %s",
                                batch,
                                NumberText.of(row.number("step")),
                                NumberText.of(row.number("noiseScale")))));
            }
            if (points.isEmpty()) continue;
            bands.add(new PlotSeries("", MarkStyle.BAND, results.colour(batch), points));
            lines.add(new PlotSeries("B " + NumberText.power(batch), MarkStyle.LINE, results.colour(batch), points));
        }
        String title = "Gradient noise scale during training";
        if (lines.isEmpty())
            return Plot.missing(
                    "noise",
                    title,
                    "The noise scale is unknown: it needs at least two shards with rows in a step, and a "
                            + "gradient larger than its noise.");
        PlotAxis x = PlotAxis.x("step", AxisScale.LOG2, lines),
                y =
                        PlotAxis.y(
                                "noise scale trS/G2, rows",
                                AxisScale.LOG2,
                                lines.stream()
                                        .map(line -> new PlotSeries(
                                                "",
                                                MarkStyle.LINE,
                                                "",
                                                line.points().stream()
                                                        .map(p -> PlotPoint.at(p.x(), p.y(), ""))
                                                        .toList()))
                                        .toList());
        double critical = number(results.fit(), "criticalBatch");
        if (critical > 0) {
            lines.add(new PlotSeries(
                    "critical batch of the fit",
                    MarkStyle.DASHED,
                    "quiet",
                    List.of(PlotPoint.at(x.min(), critical, ""), PlotPoint.at(x.max(), critical, ""))));
            y = PlotAxis.over(y.title(), AxisScale.LOG2, java.util.stream.DoubleStream.of(y.min(), y.max(), critical));
        }
        bands.addAll(lines);
        return new Plot(
                "noise",
                title,
                "One line per batch size, of the median confirm trial; the area is the 95 % interval.",
                x,
                y,
                bands);
    }
}
