package io.firesteel.studies.report;

import java.util.List;

/**
 * A named series of points.
 *
 * @param name the legend's text; empty for no entry
 * @param colour a colour class of {@link StyleSheet}: {@code t0}.. for kinds, {@code r0}..{@code r8} for sizes from
 *     small to large, {@code quiet}
 */
record PlotSeries(String name, MarkStyle mark, String colour, List<PlotPoint> points) {
    private static final int RAMP = 9;
    private static final int TONES = 6;

    /** The colour of the index-th kind. */
    static String tone(int index) {
        return "t" + index % TONES;
    }

    /** The colour of the index-th of {@code count} sizes. */
    static String ramp(int index, int count) {
        return "r" + (count < 2 ? 0 : Math.round((float) index * (RAMP - 1) / (count - 1)));
    }
}
