package io.firesteel.report;

import static io.firesteel.report.Results.list;
import static io.firesteel.report.Results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The plots of the system half: what measured steps of each batch size on each number of workers were. */
final class SystemPlots {
    private static final String NONE = "The system half was not measured: there is no system.json beside this report.";

    private final JsonNode system;
    private final Map<Integer, List<JsonNode>> byWorkers = new TreeMap<>();

    SystemPlots(Results results) {
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
                        "rows a second",
                        "throughput",
                        "Rows trained a second in real steps.",
                        NONE),
                perWorkers(
                        "goodput",
                        "Goodput",
                        "rows a second that count",
                        "goodput",
                        "Throughput times the statistical efficiency 1/(1 + B/Bcrit): where it stops to rise, "
                                + "more rows a second no longer shorten training.",
                        "It needs the critical batch, and there is no fit."),
                efficiency(),
                ledger(),
                model(),
                prediction());
    }

    private Plot perWorkers(String id, String title, String unit, String key, String caption, String without) {
        if (byWorkers.isEmpty()) return Plot.missing(id, title, NONE);
        List<Series> series = series(key, unit, "W %d");
        if (series.isEmpty()) return Plot.missing(id, title, without);
        return new Plot(
                id,
                title,
                caption,
                Axis.x("batch size B, rows", Scale.LOG2, series),
                Axis.y(unit, Scale.LOG10, series),
                series);
    }

    private List<Series> series(String key, String unit, String name) {
        List<Series> series = new ArrayList<>();
        byWorkers.forEach((workers, cells) -> {
            boolean over = cells.get(0).path("oversubscribed").asBoolean();
            List<Point> points = Results.points(cells.stream()
                    .map(cell -> Point.at(
                            number(cell, "batch"),
                            number(cell, key),
                            "B %s, W %d: %s %s"
                                    .formatted(
                                            Figure.of(number(cell, "batch")),
                                            workers,
                                            Figure.of(number(cell, key)),
                                            unit)))
                    .toList());
            if (!points.isEmpty())
                series.add(new Series(
                        name.formatted(workers) + (over ? ", oversubscribed" : ""),
                        over ? Mark.RINGS : Mark.TRACE,
                        over ? "quiet" : Series.tone(series.size()),
                        points));
        });
        return series;
    }

    private Plot efficiency() {
        String title = "Scaling efficiency";
        if (byWorkers.isEmpty()) return Plot.missing("efficiency", title, NONE);
        List<Series> series = new ArrayList<>();
        for (Series strong : series("strongEfficiency", "", "strong, W %d"))
            if (!strong.mark().equals(Mark.RINGS)) series.add(strong);
        int strong = series.size();
        for (Series weak : series("weakEfficiency", "", "weak, W %d"))
            if (!weak.mark().equals(Mark.RINGS))
                series.add(new Series(weak.name(), Mark.DASHED, Series.tone(strong + series.size()), weak.points()));
        if (series.stream().allMatch(one -> one.points().stream().allMatch(point -> point.y() == 1)))
            return Plot.missing(
                    "efficiency", title, "It needs two numbers of workers within the cores of this machine.");
        return new Plot(
                "efficiency",
                title,
                "Strong: T(B, 1) / (W T(B, W)). Weak: T(B/W, 1) / T(B, W). Workers above the cores are left out.",
                Axis.x("batch size B, rows", Scale.LOG2, series),
                Axis.over(
                        "efficiency",
                        Scale.LINEAR,
                        java.util.stream.DoubleStream.concat(
                                java.util.stream.DoubleStream.of(0, 1),
                                series.stream()
                                        .flatMap(one -> one.points().stream())
                                        .mapToDouble(Point::y))),
                series);
    }

    /** The mean seconds of each phase as columns, those of W beside each other. */
    private Plot ledger() {
        String title = "Where a step's time goes";
        if (byWorkers.isEmpty()) return Plot.missing("ledger", title, NONE);
        Map<String, List<Point>> stacks = new java.util.LinkedHashMap<>();
        List<Integer> workers = List.copyOf(byWorkers.keySet());
        byWorkers.forEach((w, cells) -> cells.forEach(cell -> {
            double shift = 0.34 * (workers.indexOf(w) - (workers.size() - 1) / 2.0), sum = 0;
            for (var phase : cell.path("ledger").properties()) {
                double share = number(phase.getValue(), "mean") / number(cell, "seconds", "mean");
                stacks.computeIfAbsent(phase.getKey(), name -> new ArrayList<>())
                        .add(new Point(
                                number(cell, "batch") * Math.pow(2, shift),
                                share,
                                sum,
                                sum + share,
                                "B %s, W %d: %s p50 %s, p95 %s"
                                        .formatted(
                                                Figure.of(number(cell, "batch")),
                                                w,
                                                phase.getKey(),
                                                Figure.seconds(number(phase.getValue(), "p50")),
                                                Figure.seconds(number(phase.getValue(), "p95")))));
                sum += share;
            }
        }));
        List<Series> series = new ArrayList<>();
        stacks.forEach(
                (name, points) -> series.add(new Series(name, Mark.COLUMNS, Series.tone(series.size()), points)));
        return new Plot(
                "ledger",
                title,
                "Shares of the mean step; at each batch size the columns are W = "
                        + workers.toString().replaceAll("[\\[\\]]", "")
                        + " from left to right. Times are in the table.",
                Axis.x("batch size B, rows", Scale.LOG2, series),
                new Axis("share of the step", Scale.LINEAR, 0, 1),
                series);
    }

    private Plot model() {
        String title = "The cost model against measured steps";
        if (byWorkers.isEmpty()) return Plot.missing("model", title, NONE);
        List<Point> fitted = new ArrayList<>(), held = new ArrayList<>(), over = new ArrayList<>();
        for (List<JsonNode> cells : byWorkers.values())
            for (JsonNode cell : cells) {
                JsonNode predicted = cell.path("predicted");
                Point point = new Point(
                        1e3 * number(cell, "seconds", "p50"),
                        1e3 * number(predicted, "seconds"),
                        1e3 * number(predicted, "low"),
                        1e3 * number(predicted, "high"),
                        "B %s, W %s: measured %s, model %s"
                                .formatted(
                                        cell.path("batch").asText(),
                                        cell.path("workers").asText(),
                                        Figure.seconds(number(cell, "seconds", "p50")),
                                        Figure.seconds(number(predicted, "seconds"))));
                (cell.path("oversubscribed").asBoolean()
                                ? over
                                : cell.path("heldOut").asBoolean() ? held : fitted)
                        .add(point);
            }
        List<Series> series = new ArrayList<>();
        if (!Results.points(fitted).isEmpty())
            series.add(new Series("fitted", Mark.DOTS, "t0", Results.points(fitted)));
        if (!Results.points(held).isEmpty()) series.add(new Series("held out", Mark.DOTS, "t1", Results.points(held)));
        if (series.isEmpty())
            return Plot.missing(
                    "model",
                    title,
                    "There is no model: " + system.path("model").path("reason").asText("unknown") + ".");
        Axis x = Axis.x("measured step, ms (median)", Scale.LOG2, series),
                y = Axis.y("step of the model, ms", Scale.LOG2, series);
        series.add(
                0,
                new Series(
                        "equal",
                        Mark.DASHED,
                        "quiet",
                        List.of(Point.at(x.min(), x.min(), ""), Point.at(x.max(), x.max(), ""))));
        return new Plot(
                "model",
                title,
                "Bars are 95 % intervals. Worst error of a held-out step: "
                        + Figure.percent(number(system, "model", "heldOut", "worst")) + ".",
                x,
                y,
                series);
    }

    private Plot prediction() {
        String title = "Predicted time to the hardest goal on larger clusters";
        Map<Integer, List<Point>> byBatch = new TreeMap<>();
        for (JsonNode each : list(system.path("predictions")))
            byBatch.computeIfAbsent(each.path("batch").asInt(), b -> new ArrayList<>())
                    .add(new Point(
                            number(each, "workers"),
                            number(each, "timeToGoal"),
                            Double.NaN,
                            Double.NaN,
                            "B %s on %s executors, %s: %s (predicted)"
                                    .formatted(
                                            each.path("batch").asText(),
                                            each.path("workers").asText(),
                                            each.path("route").asText(),
                                            Figure.seconds(number(each, "timeToGoal")))));
        List<Series> series = new ArrayList<>();
        byBatch.forEach((batch, points) -> {
            if (!Results.points(points).isEmpty())
                series.add(new Series(
                        "B " + Figure.power(batch),
                        Mark.DASHED,
                        Series.ramp(List.copyOf(byBatch.keySet()).indexOf(batch), byBatch.size()),
                        Results.points(points)));
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
                        + "whichever is faster, one core an executor and one shard a core.",
                Axis.x("executors W", Scale.LOG2, series),
                Axis.y("seconds to the goal, predicted", Scale.LOG10, series),
                series);
    }
}
