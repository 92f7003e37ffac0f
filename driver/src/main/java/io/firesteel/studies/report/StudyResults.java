package io.firesteel.studies.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The files of a study's folder.
 *
 * @param summary {@code summary.json}
 * @param trials rows of {@code trials.csv}
 * @param measurements rows of {@code measurements.csv}
 * @param system {@code system.json}; a missing node if the system half was not measured
 */
record StudyResults(JsonNode summary, List<StudyCsvRow> trials, List<StudyCsvRow> measurements, JsonNode system) {
    static StudyResults read(String folder) throws IOException {
        return new StudyResults(
                json(folder + "/summary.json"),
                StudyCsvRow.read(folder + "/trials.csv"),
                StudyCsvRow.read(folder + "/measurements.csv"),
                HadoopFiles.exists(folder + "/system.json")
                        ? json(folder + "/system.json")
                        : MissingNode.getInstance());
    }

    private static JsonNode json(String path) throws IOException {
        return Specs.parse(path, text(path));
    }

    static String text(String path) throws IOException {
        try (InputStream in = HadoopFiles.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The goal that stops a trial. */
    JsonNode hardest() {
        JsonNode goals = summary.path("goals");
        return goals.path(goals.size() - 1);
    }

    /** The fit at the hardest goal, or a missing node. */
    JsonNode fit() {
        JsonNode fit = hardest().path("fit");
        return fit.path("found").asBoolean() ? fit : MissingNode.getInstance();
    }

    /** Batch sizes that the study tried, ascending. */
    List<Integer> batches() {
        return trials.stream()
                .map(row -> (int) row.number("B"))
                .distinct()
                .sorted()
                .toList();
    }

    /** The colour of a batch size. */
    String colour(int batch) {
        List<Integer> all = batches();
        return PlotSeries.ramp(Math.max(0, all.indexOf(batch)), all.size());
    }

    /** The name of a goal: {@code validation error 0.15}. */
    static String name(JsonNode goal) {
        String metric = goal.path("metric").asText().equals("valLoss") ? "validation loss" : "validation error";
        return metric + " " + NumberText.of(number(goal, "level"));
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** The number at a path of keys; NaN if there is none. */
    static double number(JsonNode tree, String... keys) {
        for (String key : keys) tree = tree.path(key);
        return tree.isNumber() ? tree.doubleValue() : Double.NaN;
    }

    /** The points of a list; those without both numbers are left out. */
    static List<PlotPoint> points(List<PlotPoint> points) {
        return new ArrayList<>(points.stream()
                .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                .toList());
    }
}
