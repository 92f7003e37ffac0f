package io.firesteel.report;

import static io.firesteel.report.Results.list;
import static io.firesteel.report.Results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient noise scale along training, with its interval, beside the critical batch of the fit (McCandlish et al.
 * 2018).
 */
final class NoisePlot {
    private NoisePlot() {}

    static Plot of(Results results) {
        List<Series> lines = new ArrayList<>(), bands = new ArrayList<>();
        for (JsonNode noise : list(results.summary().path("noise"))) {
            int batch = noise.path("batch").asInt();
            List<Point> points = new ArrayList<>();
            for (Row row : results.measurements()) {
                if (!row.text("trial").equals(noise.path("trial").asText()) || !(row.number("noiseScale") > 0))
                    continue;
                points.add(new Point(
                        row.number("step"),
                        row.number("noiseScale"),
                        row.number("noiseLow"),
                        row.number("noiseHigh"),
                        "B %d, step %s: %s"
                                .formatted(batch, Figure.of(row.number("step")), Figure.of(row.number("noiseScale")))));
            }
            if (points.isEmpty()) continue;
            bands.add(new Series("", Mark.BAND, results.colour(batch), points));
            lines.add(new Series("B " + Figure.power(batch), Mark.LINE, results.colour(batch), points));
        }
        String title = "Gradient noise scale during training";
        if (lines.isEmpty())
            return Plot.missing(
                    "noise",
                    title,
                    "The noise scale is unknown: it needs at least two shards with rows in a step, and a "
                            + "gradient that stands out of its noise.");
        Axis x = Axis.x("step", Scale.LOG2, lines),
                y =
                        Axis.y(
                                "noise scale trS/G2, rows",
                                Scale.LOG2,
                                lines.stream()
                                        .map(line -> new Series(
                                                "",
                                                Mark.LINE,
                                                "",
                                                line.points().stream()
                                                        .map(p -> Point.at(p.x(), p.y(), ""))
                                                        .toList()))
                                        .toList());
        double critical = number(results.fit(), "criticalBatch");
        if (critical > 0) {
            lines.add(new Series(
                    "critical batch of the fit",
                    Mark.DASHED,
                    "quiet",
                    List.of(Point.at(x.min(), critical, ""), Point.at(x.max(), critical, ""))));
            y = Axis.over(y.title(), Scale.LOG2, java.util.stream.DoubleStream.of(y.min(), y.max(), critical));
        }
        bands.addAll(lines);
        return new Plot(
                "noise",
                title,
                "One line a batch size, of the confirm trial with the median; the area is the 95 % interval.",
                x,
                y,
                bands);
    }
}
