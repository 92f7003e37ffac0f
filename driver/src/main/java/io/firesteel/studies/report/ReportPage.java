package io.firesteel.studies.report;

import static io.firesteel.studies.report.StudyResults.list;
import static io.firesteel.studies.report.StudyResults.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spec.Specs;
import java.util.ArrayList;
import java.util.List;

/** {@code report.html}: conclusion, warnings, plots, tables, files. One file, without script. */
final class ReportPage {
    private final StudyResults results;
    private final List<Plot> plots;
    private final StringBuilder out = new StringBuilder();

    ReportPage(StudyResults results, List<Plot> plots) {
        this.results = results;
        this.plots = plots;
    }

    /** @param files name and content of each file that can be saved from the page */
    String html(java.util.Map<String, String> files) {
        String name = results.summary().path("name").asText("study");
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta "
                        + "name=\"viewport\" content=\"width=device-width\">"
                        + "<link rel=\"icon\" href=\"data:,\"><title>")
                .append(Html.escape(name))
                .append("</title><style>")
                .append(StyleSheet.page())
                .append("</style></head><body><main>\n<h1>")
                .append(Html.escape(name))
                .append("</h1>\n");
        new ConclusionCards(results).write(out);
        warnings();
        out.append("<h2>Plots</h2><div class=\"plots\">\n");
        plots.forEach(this::figure);
        out.append("</div>\n");
        tables();
        out.append("<h2>Protocol and files</h2>\n");
        details("Environment", results.summary().path("environment"));
        details("Protocol", results.summary().path("protocol"));
        out.append("<p class=\"files\">");
        files.forEach((file, content) -> out.append(
                        Html.download(file, file.endsWith(".csv") ? "text/csv" : "application/json", content))
                .append('\n'));
        return out.append("</p></main></body></html>\n").toString();
    }

    private void warnings() {
        List<JsonNode> warnings = new ArrayList<>(list(results.summary().path("warnings")));
        warnings.addAll(list(results.system().path("warnings")));
        if (warnings.isEmpty()) {
            out.append("<p class=\"faint\" id=\"warnings\">No warnings.</p>\n");
            return;
        }
        out.append("<h2>Warnings</h2><ul class=\"warnings\" id=\"warnings\">\n");
        for (JsonNode warning : warnings)
            out.append("<li>")
                    .append(Html.escape(warning.path("text").asText()))
                    .append("</li>\n");
        out.append("</ul>\n");
    }

    private void figure(Plot plot) {
        out.append("<figure id=\"")
                .append(plot.id())
                .append("\"><h3>")
                .append(Html.escape(plot.title()))
                .append("</h3>\n");
        if (plot.missing() != null) {
            out.append("<p class=\"missing\">")
                    .append(Html.escape(plot.missing()))
                    .append("</p></figure>\n");
            return;
        }
        out.append(SvgPlot.svg(plot, ""))
                .append("<figcaption>")
                .append(Html.escape(plot.caption()))
                .append("<br>")
                .append(Html.download(plot.id() + ".csv", "text/csv", PlotExport.csv(plot)))
                .append(' ')
                .append(Html.download(plot.id() + ".json", "application/json", PlotExport.json(plot)))
                .append("</figcaption></figure>\n");
    }

    private void tables() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode batch : list(results.hardest().path("batches"))) {
            JsonNode steps = batch.path("steps");
            rows.add(List.of(
                    batch.path("batch").asText(),
                    NumberText.power(number(batch, "rate")),
                    batch.path("search").asText(),
                    NumberText.of(number(steps, "median")),
                    NumberText.of(number(steps, "min")) + " – " + NumberText.of(number(steps, "max")),
                    NumberText.of(number(steps, "mlperfMean")),
                    NumberText.of(number(batch, "stepsSelected")),
                    steps.path("failures").asText(),
                    NumberText.of(number(batch, "examples")),
                    NumberText.seconds(number(batch, "trainSeconds")),
                    NumberText.of(number(batch, "testError"))));
        }
        out.append("<h2>Results at ")
                .append(Html.escape(StudyResults.name(results.hardest())))
                .append("</h2>\n")
                .append(Html.table(
                        List.of(
                                "B",
                                "rate",
                                "search",
                                "median steps",
                                "range",
                                "MLPerf mean",
                                "when selected",
                                "failures",
                                "examples",
                                "time",
                                "test error"),
                        rows));
        if (results.system().isMissingNode()) return;
        List<List<String>> cells = new ArrayList<>();
        for (JsonNode cell : list(results.system().path("cells"))) {
            List<String> row = new ArrayList<>(List.of(
                    cell.path("batch").asText(),
                    cell.path("workers").asText(),
                    cell.path("oversubscribed").asBoolean()
                            ? "oversubscribed"
                            : cell.path("heldOut").asBoolean() ? "check" : "fitted",
                    both(cell.path("seconds"))));
            for (String phase : phases()) row.add(both(cell.path("ledger").path(phase)));
            row.addAll(List.of(
                    NumberText.of(number(cell, "throughput")),
                    NumberText.of(number(cell, "strongEfficiency")),
                    NumberText.of(number(cell, "weakEfficiency")),
                    NumberText.seconds(number(cell, "predicted", "seconds")),
                    NumberText.percent(number(cell, "relativeError"))));
            cells.add(row);
        }
        List<String> columns = new ArrayList<>(List.of("B", "W", "", "step p50 / p95"));
        columns.addAll(phases());
        columns.addAll(List.of("rows/s", "strong", "weak", "model", "its error"));
        out.append("<h2>Steps of the system half</h2>\n").append(Html.table(columns, cells));
    }

    private List<String> phases() {
        List<String> names = new ArrayList<>();
        for (JsonNode cell : list(results.system().path("cells")))
            cell.path("ledger").fieldNames().forEachRemaining(name -> {
                if (!names.contains(name)) names.add(name);
            });
        return names;
    }

    private static String both(JsonNode times) {
        return times.isMissingNode()
                ? ""
                : NumberText.seconds(number(times, "p50")) + " / " + NumberText.seconds(number(times, "p95"));
    }

    private void details(String title, JsonNode tree) {
        out.append("<details><summary>")
                .append(title)
                .append("</summary><pre>")
                .append(Html.escape(Specs.text(tree)))
                .append("</pre></details>\n");
    }
}
