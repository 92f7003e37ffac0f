package io.firesteel.report;

/**
 * One measured or computed number of a plot.
 *
 * @param low start of its interval, or NaN
 * @param high end of its interval, or NaN
 * @param note what its tooltip says
 */
record Point(double x, double y, double low, double high, String note) {
    static Point at(double x, double y, String note) {
        return new Point(x, y, Double.NaN, Double.NaN, note);
    }
}
