package io.firesteel.studies.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One axis of a plot.
 *
 * @param title the quantity, with its unit
 * @param min the value at its start, within the scale's range
 */
record PlotAxis(String title, AxisScale scale, double min, double max) {
    /** An axis that shows all {@code values} with a margin; values outside the scale's range are ignored. */
    static PlotAxis over(String title, AxisScale scale, DoubleStream values) {
        double[] positions =
                values.filter(scale::holds).map(scale::position).sorted().toArray();
        if (positions.length == 0) return new PlotAxis(title, scale, 1, 2);
        double low = positions[0], high = positions[positions.length - 1];
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

    /** The position of a value: 0 at the start of the axis, 1 at its end. */
    double share(double value) {
        double from = scale.position(min), to = scale.position(max);
        return (scale.position(value) - from) / (to - from);
    }

    List<Double> ticks() {
        return scale.ticks(min, max);
    }
}
