package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The top of the report: the conclusion in words, then its main numbers. An unknown number gives the reason. */
final class ConclusionCards {
    private final StudyResults results;
    private StringBuilder out;

    ConclusionCards(StudyResults results) {
        this.results = results;
    }

    void write(StringBuilder out) {
        this.out = out;
        out.append("<p class=\"answer\" id=\"answer\">")
                .append(Html.escape(
                        sentence(results.summary().path("conclusion").asText())))
                .append("</p>\n");
        out.append("<div class=\"cards\">");
        critical();
        advice();
        noise();
        system("time", "fastest measured");
        system("coreHours", "fewest core-hours measured");
        out.append("</div>\n");
    }

    private static String sentence(String text) {
        if (text.isEmpty()) return "The study has no conclusion.";
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    private void critical() {
        JsonNode fit = results.hardest().path("fit");
        if (results.fit().isMissingNode())
            card("unknown", "critical batch: " + fit.path("reason").asText("no goal was reached"));
        else
            card(
                    NumberText.of(number(fit, "criticalBatch")),
                    String.format(
                            Locale.ROOT,
                            "critical batch, 95 %% interval %s to %s; it costs twice the fewest steps and twice the "
                                    + "fewest examples",
                            NumberText.of(number(fit, "criticalLow")),
                            NumberText.of(number(fit, "criticalHigh"))));
    }

    /** The batch size of the study nearest to the critical batch. */
    private void advice() {
        double critical = number(results.fit(), "criticalBatch"), min = number(results.fit(), "minSteps");
        Optional<JsonNode> nearest = list(results.hardest().path("batches")).stream()
                .filter(batch -> number(batch, "steps", "median") > 0)
                .min(Comparator.comparingDouble(batch -> Math.abs(Math.log(number(batch, "batch") / critical))));
        if (!(critical > 0) || nearest.isEmpty()) card("none", "advised batch: unknown without a fit");
        else
            card(
                    "B " + nearest.get().path("batch").asText(),
                    String.format(
                            Locale.ROOT,
                            "advised batch, the nearest to the critical one: %s steps (fewest possible: %s) at rate %s",
                            NumberText.of(number(nearest.get(), "steps", "median")),
                            NumberText.of(min),
                            NumberText.power(number(nearest.get(), "rate"))));
    }

    private void noise() {
        double[] known = list(results.summary().path("noise")).stream()
                .mapToDouble(one -> number(one, "noiseScale"))
                .filter(v -> v > 0)
                .sorted()
                .toArray();
        if (known.length == 0) card("unknown", "gradient noise scale: no trial could measure it");
        else
            card(
                    NumberText.of(known[(known.length - 1) / 2]),
                    String.format(
                            Locale.ROOT,
                            "gradient noise scale at the goal, median over the batch sizes; %s to %s",
                            NumberText.of(known[0]),
                            NumberText.of(known[known.length - 1])));
    }

    private void system(String key, String name) {
        JsonNode advice = results.system().path("advice").path("measured").path(key),
                predicted = results.system().path("advice").path("predicted").path(key);
        if (results.system().isMissingNode()) {
            if (key.equals("time")) card("not measured", "best batch and workers: the study has no system half");
            return;
        }
        if (!advice.isObject()) {
            card(
                    "unknown",
                    name + ": " + results.system().path("advice").path("reason").asText("no goal was reached"));
            return;
        }
        String text = String.format(
                Locale.ROOT,
                "%s: %s, %s core-hours",
                name,
                NumberText.seconds(number(advice, "seconds")),
                NumberText.of(number(advice, "coreHours")));
        if (predicted.isObject())
            text += String.format(
                    Locale.ROOT,
                    "; predicted on a larger cluster: B %s, W %s, %s",
                    predicted.path("batch").asText(),
                    predicted.path("workers").asText(),
                    NumberText.seconds(number(predicted, "seconds")));
        card(
                String.format(
                        Locale.ROOT,
                        "B %s, W %s",
                        advice.path("batch").asText(),
                        advice.path("workers").asText()),
                text);
    }

    private void card(String number, String text) {
        out.append("<div class=\"card\"><b>")
                .append(Html.escape(number))
                .append("</b><span>")
                .append(Html.escape(text))
                .append("</span></div>\n");
    }
}
