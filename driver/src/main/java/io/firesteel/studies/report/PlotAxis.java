package io.firesteel.studies.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One axis of a plot.
 *
 * @param title what is measured, with its unit
 * @param min the number at its start; in the scale's range
 */
record PlotAxis(String title, AxisScale scale, double min, double max) {
    /** An axis that all {@code values} fit on with room around; those without a place on the scale are left out. */
    static PlotAxis over(String title, AxisScale scale, DoubleStream values) {
        double[] places = values.filter(scale::holds).map(scale::place).sorted().toArray();
        if (places.length == 0) return new PlotAxis(title, scale, 1, 2);
        double low = places[0], high = places[places.length - 1];
        double room =
                scale == AxisScale.LOG2 ? 0.35 : 0.05 * Math.max(high - low, scale == AxisScale.LINEAR ? 1e-9 : 1);
        if (high - low < 1e-9) room = scale == AxisScale.LINEAR ? Math.max(1e-9, 0.1 * Math.abs(high)) : 0.5;
        double min = scale == AxisScale.LINEAR && low >= 0 && low - room < 0 ? 0 : low - room;
        return new PlotAxis(title, scale, scale.value(min), scale.value(high + room));
    }

    /** An axis over the x of all points. */
    static PlotAxis x(String title, AxisScale scale, List<PlotSeries> series) {
        return over(title, scale, points(series).mapToDouble(PlotPoint::x));
    }

    /** An axis over the y and the intervals of all points. */
    static PlotAxis y(String title, AxisScale scale, List<PlotSeries> series) {
        return over(
                title,
                scale,
                points(series).flatMapToDouble(point -> DoubleStream.of(point.y(), point.low(), point.high())));
    }

    private static java.util.stream.Stream<PlotPoint> points(List<PlotSeries> series) {
        return series.stream().flatMap(one -> one.points().stream());
    }

    boolean holds(double value) {
        return scale.holds(value) && value >= min * 0.999999 - 1e-12 && value <= max * 1.000001 + 1e-12;
    }

    /** 0 at the start of the axis, 1 at its end. */
    double share(double value) {
        double from = scale.place(min), to = scale.place(max);
        return (scale.place(value) - from) / (to - from);
    }

    List<Double> ticks() {
        return scale.ticks(min, max);
    }
}
