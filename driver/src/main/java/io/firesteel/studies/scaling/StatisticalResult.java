package io.firesteel.studies.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of the statistical half, at its hardest goal.
 *
 * @param steps median steps by batch size, for those that reached the goal
 * @param critical the critical batch, NaN without a fit
 */
record StatisticalResult(Map<Integer, Double> steps, double critical) {
    /** Reads {@code summary.json} in a study's folder; empty if there is none. */
    static StatisticalResult read(String folder) throws IOException {
        Map<Integer, Double> steps = new TreeMap<>();
        String path = folder + "/summary.json";
        if (!HadoopFiles.exists(path)) return new StatisticalResult(steps, Double.NaN);
        JsonNode goals;
        try (InputStream in = HadoopFiles.open(path)) {
            goals = Specs.parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .path("goals");
        }
        JsonNode hardest = goals.path(goals.size() - 1), fit = hardest.path("fit");
        for (JsonNode batch : hardest.path("batches"))
            if (batch.path("steps").path("median").isNumber())
                steps.put(
                        batch.path("batch").intValue(),
                        batch.path("steps").path("median").doubleValue());
        return new StatisticalResult(
                steps, fit.path("found").asBoolean() ? fit.path("criticalBatch").doubleValue() : Double.NaN);
    }

    /** Steps to the goal; NaN if unknown. */
    double stepsAt(int batch) {
        return steps.getOrDefault(batch, Double.NaN);
    }

    /** The statistical efficiency of a row at this batch size: McCandlish et al. 2018. */
    double efficiency(int batch) {
        return 1 / (1 + batch / critical);
    }
}
