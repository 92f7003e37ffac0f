package io.firesteel.studies.report;

import io.firesteel.internal.files.HadoopFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the report of a study's folder: {@code report.html} and {@code plots/*.png}.
 *
 * <pre>{@code
 * StudyReport.write("studies/fashion-fc-1");
 * }</pre>
 */
public final class StudyReport {
    private static final List<String> FILES = List.of("summary.json", "trials.csv", "measurements.csv", "system.json");

    private StudyReport() {}

    /**
     * Reads {@code summary.json}, {@code trials.csv}, {@code measurements.csv} and, if it exists, {@code system.json}.
     */
    public static void write(String folder) throws IOException {
        StudyResults results = StudyResults.read(folder);
        List<Plot> plots = plots(results);
        Map<String, String> files = new LinkedHashMap<>();
        for (String file : FILES)
            if (HadoopFiles.exists(folder + "/" + file)) files.put(file, StudyResults.text(folder + "/" + file));
        save(folder + "/report.html", new ReportPage(results, plots).html(files).getBytes(StandardCharsets.UTF_8));
        for (Plot plot : plots)
            if (plot.missing() == null) save(folder + "/plots/" + plot.id() + ".png", PngPlot.png(plot));
    }

    /** All plots, the most important first. */
    static List<Plot> plots(StudyResults results) {
        List<Plot> plots = new ArrayList<>();
        List<com.fasterxml.jackson.databind.JsonNode> goals =
                StudyResults.list(results.summary().path("goals"));
        for (int i = goals.size() - 1; i >= 0; i--) plots.add(StepsPlot.of(goals.get(i)));
        plots.addAll(List.of(
                TradePlot.of(results),
                NoisePlot.of(results),
                RatePlot.of(results),
                BestRatePlot.of(results),
                RulesPlot.of(results)));
        plots.addAll(new SystemPlots(results).all());
        return plots;
    }

    private static void save(String path, byte[] content) throws IOException {
        try (OutputStream out = HadoopFiles.create(path)) {
            out.write(content);
        }
    }
}
