package io.firesteel.studies.report;

import java.util.List;

/**
 * A plot as plain data.
 *
 * @param id a file name without extension
 * @param caption how to read it
 * @param shades ranges of x with a name
 * @param missing why there is nothing to plot; null if there is
 */
record Plot(
        String id,
        String title,
        String caption,
        PlotAxis x,
        PlotAxis y,
        List<Shade> shades,
        List<PlotSeries> series,
        String missing) {

    /** A named range of x. */
    record Shade(String name, double from, double to) {}

    Plot(String id, String title, String caption, PlotAxis x, PlotAxis y, List<PlotSeries> series) {
        this(id, title, caption, x, y, List.of(), series, null);
    }

    /** A plot without data, which shows the reason instead. */
    static Plot missing(String id, String title, String why) {
        return new Plot(id, title, "", null, null, List.of(), List.of(), why);
    }
}
