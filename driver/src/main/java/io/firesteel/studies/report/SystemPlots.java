package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The plots of the system half: measured steps of each batch size on each number of workers. */
final class SystemPlots {
    private static final String NONE = "The system half was not measured: there is no system.json beside this report.";

    private final JsonNode system;
    private final Map<Integer, List<JsonNode>> byWorkers = new TreeMap<>();

    SystemPlots(StudyResults results) {
        system = results.system();
        for (JsonNode cell : list(system.path("cells")))
            byWorkers
                    .computeIfAbsent(cell.path("workers").asInt(), w -> new ArrayList<>())
                    .add(cell);
    }

    List<Plot> all() {
        return List.of(
                perWorkers(
                        "time",
                        "Time to the hardest goal",
                        "seconds, evaluation left out",
                        "timeToGoal",
                        "Median steps to the goal times the median measured step.",
                        "No batch size reached the goal, so it has no time."),
                perWorkers(
                        "throughput",
                        "Throughput",
                        "rows per second",
                        "throughput",
                        "Rows trained per second in measured steps.",
                        NONE),
                perWorkers(
                        "goodput",
                        "Goodput",
                        "effective rows per second",
                        "goodput",
                        "Throughput times the statistical efficiency 1/(1 + B/Bcrit): where it stops rising, "
                                + "more rows per second no longer shorten training.",
                        "It needs the critical batch, and there is no fit."),
                efficiency(),
                ledger(),
                model(),
                prediction());
    }

    private Plot perWorkers(String id, String title, String unit, String key, String caption, String without) {
        if (byWorkers.isEmpty()) return Plot.missing(id, title, NONE);
        List<PlotSeries> series = series(key, unit, "W %d");
        if (series.isEmpty()) return Plot.missing(id, title, without);
        return new Plot(
                id,
                title,
                caption,
                PlotAxis.x("batch size B, rows", AxisScale.LOG2, series),
                PlotAxis.y(unit, AxisScale.LOG10, series),
                series);
    }

    private List<PlotSeries> series(String key, String unit, String name) {
        List<PlotSeries> series = new ArrayList<>();
        byWorkers.forEach((workers, cells) -> {
            boolean over = cells.get(0).path("oversubscribed").asBoolean();
            List<PlotPoint> points = StudyResults.points(cells.stream()
                    .map(cell -> PlotPoint.at(
                            number(cell, "batch"),
                            number(cell, key),
                            String.format(
                                    Locale.ROOT,
                                    "B %s, W %d: %s %s",
                                    NumberText.of(number(cell, "batch")),
                                    workers,
                                    NumberText.of(number(cell, key)),
                                    unit)))
                    .toList());
            if (!points.isEmpty())
                series.add(new PlotSeries(
                        String.format(Locale.ROOT, name, workers) + (over ? ", oversubscribed" : ""),
                        over ? MarkStyle.RINGS : MarkStyle.TRACE,
                        over ? "quiet" : PlotSeries.tone(series.size()),
                        points));
        });
        return series;
    }

    private Plot efficiency() {
        String title = "Scaling efficiency";
        if (byWorkers.isEmpty()) return Plot.missing("efficiency", title, NONE);
        List<PlotSeries> series = new ArrayList<>();
        for (PlotSeries strong : series("strongEfficiency", "", "strong, W %d"))
            if (!strong.mark().equals(MarkStyle.RINGS)) series.add(strong);
        int strong = series.size();
        for (PlotSeries weak : series("weakEfficiency", "", "weak, W %d"))
            if (!weak.mark().equals(MarkStyle.RINGS))
                series.add(new PlotSeries(
                        weak.name(), MarkStyle.DASHED, PlotSeries.tone(strong + series.size()), weak.points()));
        if (series.stream().allMatch(one -> one.points().stream().allMatch(point -> point.y() == 1)))
            return Plot.missing(
                    "efficiency", title, "It needs two numbers of workers within the cores of this machine.");
        return new Plot(
                "efficiency",
                title,
                "Strong: T(B, 1) / (W T(B, W)). Weak: T(B/W, 1) / T(B, W). Workers above the cores are left out.",
                PlotAxis.x("batch size B, rows", AxisScale.LOG2, series),
                PlotAxis.over(
                        "efficiency",
                        AxisScale.LINEAR,
                        java.util.stream.DoubleStream.concat(
                                java.util.stream.DoubleStream.of(0, 1),
                                series.stream()
                                        .flatMap(one -> one.points().stream())
                                        .mapToDouble(PlotPoint::y))),
                series);
    }

    /** The mean seconds of each phase as stacked bars, those of each W side by side. */
    private Plot ledger() {
        String title = "Where a step's time goes";
        if (byWorkers.isEmpty()) return Plot.missing("ledger", title, NONE);
        Map<String, List<PlotPoint>> stacks = new java.util.LinkedHashMap<>();
        List<Integer> workers = List.copyOf(byWorkers.keySet());
        byWorkers.forEach((w, cells) -> cells.forEach(cell -> {
            double shift = 0.34 * (workers.indexOf(w) - (workers.size() - 1) / 2.0), sum = 0;
            for (var phase : cell.path("ledger").properties()) {
                double share = number(phase.getValue(), "mean") / number(cell, "seconds", "mean");
                stacks.computeIfAbsent(phase.getKey(), name -> new ArrayList<>())
                        .add(new PlotPoint(
                                number(cell, "batch") * Math.pow(2, shift),
                                share,
                                sum,
                                sum + share,
                                String.format(
                                        Locale.ROOT,
                                        "B %s, W %d: %s p50 %s, p95 %s",
                                        NumberText.of(number(cell, "batch")),
                                        w,
                                        phase.getKey(),
                                        NumberText.seconds(number(phase.getValue(), "p50")),
                                        NumberText.seconds(number(phase.getValue(), "p95")))));
                sum += share;
            }
        }));
        List<PlotSeries> series = new ArrayList<>();
        stacks.forEach((name, points) ->
                series.add(new PlotSeries(name, MarkStyle.COLUMNS, PlotSeries.tone(series.size()), points)));
        return new Plot(
                "ledger",
                title,
                "Fractions of the mean step; at each batch size the bars are W = "
                        + workers.toString().replaceAll("[\\[\\]]", "")
                        + " from left to right. Times are in the table.",
                PlotAxis.x("batch size B, rows", AxisScale.LOG2, series),
                new PlotAxis("fraction of the step", AxisScale.LINEAR, 0, 1),
                series);
    }

    private Plot model() {
        String title = "The cost model against measured steps";
        if (byWorkers.isEmpty()) return Plot.missing("model", title, NONE);
        List<PlotPoint> fitted = new ArrayList<>(), check = new ArrayList<>(), over = new ArrayList<>();
        for (List<JsonNode> cells : byWorkers.values())
            for (JsonNode cell : cells) {
                JsonNode predicted = cell.path("predicted");
                PlotPoint point = new PlotPoint(
                        1e3 * number(cell, "seconds", "p50"),
                        1e3 * number(predicted, "seconds"),
                        1e3 * number(predicted, "low"),
                        1e3 * number(predicted, "high"),
                        String.format(
                                Locale.ROOT,
                                "B %s, W %s: measured %s, model %s",
                                cell.path("batch").asText(),
                                cell.path("workers").asText(),
                                NumberText.seconds(number(cell, "seconds", "p50")),
                                NumberText.seconds(number(predicted, "seconds"))));
                (cell.path("oversubscribed").asBoolean()
                                ? over
                                : cell.path("heldOut").asBoolean() ? check : fitted)
                        .add(point);
            }
        List<PlotSeries> series = new ArrayList<>();
        if (!StudyResults.points(fitted).isEmpty())
            series.add(new PlotSeries("fitted", MarkStyle.DOTS, "t0", StudyResults.points(fitted)));
        if (!StudyResults.points(check).isEmpty())
            series.add(new PlotSeries("not fitted", MarkStyle.DOTS, "t1", StudyResults.points(check)));
        if (series.isEmpty())
            return Plot.missing(
                    "model",
                    title,
                    "There is no model: " + system.path("model").path("reason").asText("unknown") + ".");
        PlotAxis x = PlotAxis.x("measured step, ms (median)", AxisScale.LOG2, series),
                y = PlotAxis.y("step of the model, ms", AxisScale.LOG2, series);
        series.add(
                0,
                new PlotSeries(
                        "equal",
                        MarkStyle.DASHED,
                        "quiet",
                        List.of(PlotPoint.at(x.min(), x.min(), ""), PlotPoint.at(x.max(), x.max(), ""))));
        return new Plot(
                "model",
                title,
                "Bars are 95 % intervals. Worst error of a step outside the fit: "
                        + NumberText.percent(number(system, "model", "heldOut", "worst")) + ".",
                x,
                y,
                series);
    }

    private Plot prediction() {
        String title = "Predicted time to the hardest goal on larger clusters";
        Map<Integer, List<PlotPoint>> byBatch = new TreeMap<>();
        for (JsonNode each : list(system.path("predictions")))
            byBatch.computeIfAbsent(each.path("batch").asInt(), b -> new ArrayList<>())
                    .add(new PlotPoint(
                            number(each, "workers"),
                            number(each, "timeToGoal"),
                            Double.NaN,
                            Double.NaN,
                            String.format(
                                    Locale.ROOT,
                                    "B %s on %s executors, %s: %s (predicted)",
                                    each.path("batch").asText(),
                                    each.path("workers").asText(),
                                    each.path("route").asText(),
                                    NumberText.seconds(number(each, "timeToGoal")))));
        List<PlotSeries> series = new ArrayList<>();
        byBatch.forEach((batch, points) -> {
            if (!StudyResults.points(points).isEmpty())
                series.add(new PlotSeries(
                        "B " + NumberText.power(batch),
                        MarkStyle.DASHED,
                        PlotSeries.ramp(List.copyOf(byBatch.keySet()).indexOf(batch), byBatch.size()),
                        StudyResults.points(points)));
        });
        if (series.isEmpty())
            return Plot.missing(
                    "prediction",
                    title,
                    byWorkers.isEmpty()
                            ? NONE
                            : "There is nothing to predict from: "
                                    + system.path("model").path("reason").asText("no batch size reached the goal")
                                    + ".");
        return new Plot(
                "prediction",
                title,
                "Predicted, not measured: the cost model on a simulation of the merge tree and of the slices, "
                        + "whichever is faster, one core per executor and one shard per core.",
                PlotAxis.x("executors W", AxisScale.LOG2, series),
                PlotAxis.y("seconds to the goal, predicted", AxisScale.LOG10, series),
                series);
    }
}
