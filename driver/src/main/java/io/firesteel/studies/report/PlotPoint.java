package io.firesteel.studies.report;

/**
 * One measured or computed number of a plot.
 *
 * @param low start of its interval, or NaN
 * @param high end of its interval, or NaN
 * @param note its tooltip
 */
record PlotPoint(double x, double y, double low, double high, String note) {
    static PlotPoint at(double x, double y, String note) {
        return new PlotPoint(x, y, Double.NaN, Double.NaN, note);
    }
}
