package io.firesteel.studies.scaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The batch size and number of workers that reach the goal soonest, and those that need the fewest core-hours. */
final class ScalingAdvice {
    private final ObjectNode json;
    private final List<Way> measured = new ArrayList<>(), predicted = new ArrayList<>();

    /** A configuration; {@code seconds} are for the whole training. */
    private record Way(int batch, int workers, double seconds) {
        double coreHours() {
            return seconds * workers / 3600;
        }
    }

    ScalingAdvice(ObjectNode json) {
        this.json = json;
    }

    void measured(int batch, int workers, double stepSeconds, StatisticalResult progress) {
        add(measured, batch, workers, stepSeconds, progress);
    }

    void predicted(int batch, int workers, double stepSeconds, StatisticalResult progress) {
        add(predicted, batch, workers, stepSeconds, progress);
    }

    private static void add(List<Way> ways, int batch, int workers, double stepSeconds, StatisticalResult progress) {
        double seconds = stepSeconds * progress.stepsAt(batch);
        if (Double.isFinite(seconds)) ways.add(new Way(batch, workers, seconds));
    }

    void write() {
        if (measured.isEmpty()) json.put("reason", "no measured batch size reached the goal");
        write("measured", measured);
        write("predicted", predicted);
    }

    private void write(String kind, List<Way> ways) {
        if (ways.isEmpty()) return;
        ObjectNode to = json.putObject(kind);
        put(
                to.putObject("time"),
                ways.stream().min(Comparator.comparingDouble(Way::seconds)).orElseThrow());
        put(
                to.putObject("coreHours"),
                ways.stream().min(Comparator.comparingDouble(Way::coreHours)).orElseThrow());
    }

    private static void put(ObjectNode to, Way way) {
        to.put("batch", way.batch)
                .put("workers", way.workers)
                .put("seconds", way.seconds)
                .put("coreHours", way.coreHours());
    }
}
