package io.firesteel.studies;

import java.util.List;
import java.util.Locale;

/**
 * What a search found for a batch.
 *
 * @param best null where every cell failed
 * @param cells all that were tried, by rate
 */
public record SearchResult(int batch, TriedPoint best, SearchOutcome outcome, List<TriedPoint> cells) {
    /** Whether the best has a worse neighbour on either side. */
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
