package io.firesteel.metric;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What sums over rows say.
 *
 * @param rows that were evaluated
 * @param values {@code loss}, then every metric by name; empty where there were no rows
 */
public record Evaluation(long rows, Map<String, Double> values) {
    public static Evaluation of(Metrics metrics, Sums sums) {
        return new Evaluation(sums.rows, metrics.values(sums));
    }

    /** Mean loss per row; NaN where there were no rows. */
    public double loss() {
        return get("loss");
    }

    /** The values by the names that files have: {@code valLoss}, {@code valAccuracy} where {@code split} is val. */
    public Map<String, Double> named(String split) {
        Map<String, Double> named = new LinkedHashMap<>();
        values.forEach((name, value) ->
                named.put(split + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), value));
        return named;
    }

    /** A metric by name, such as {@code accuracy}; NaN where it was not computed. */
    public double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
