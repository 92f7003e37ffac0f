package io.firesteel.studies;

import java.util.List;
import java.util.Locale;

/**
 * The result of a search at one batch size.
 *
 * @param best null if every point failed
 * @param cells all points tried, sorted by rate
 */
public record SearchResult(int batch, TriedPoint best, SearchOutcome outcome, List<TriedPoint> cells) {
    /** Whether the best point has worse neighbours on both sides. */
    public enum SearchOutcome {
        BRACKETED,
        EDGE_LOW,
        EDGE_HIGH,
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
