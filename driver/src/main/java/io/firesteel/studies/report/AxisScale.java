package io.firesteel.studies.report;

import java.util.ArrayList;
import java.util.List;

/** Linear and logarithmic axes. */
enum AxisScale {
    LINEAR,
    LOG2,
    LOG10;

    private static final int MOST_TICKS = 9;

    /** The value in the scale's own unit, which grows evenly along the axis. */
    double position(double value) {
        return this == LINEAR ? value : Math.log(value) / Math.log(base());
    }

    double value(double position) {
        return this == LINEAR ? position : Math.pow(base(), position);
    }

    /** Whether the scale can show a number. */
    boolean holds(double value) {
        return Double.isFinite(value) && (this == LINEAR || value > 0);
    }

    private int base() {
        return this == LOG2 ? 2 : 10;
    }

    /** Grid lines within [min, max]: whole powers, or round steps. */
    List<Double> ticks(double min, double max) {
        double from = position(min), to = position(max), step = this == LINEAR ? round((to - from) / 6) : 1;
        while ((to - from) / step > MOST_TICKS) step *= 2;
        List<Double> ticks = new ArrayList<>();
        for (double at = Math.ceil(from / step - 1e-9) * step; at <= to + 1e-9 * step; at += step) ticks.add(value(at));
        return ticks.size() > 1 || this == LINEAR ? ticks : between(min, max);
    }

    /** Ticks for less than two powers. */
    private static List<Double> between(double min, double max) {
        return LINEAR.ticks(min, max).stream().filter(tick -> tick > 0).toList();
    }

    /** 1, 2 or 5 times a power of ten, at least {@code step}. */
    private static double round(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double factor : new double[] {1, 2, 5}) if (factor * power >= step * 0.999) return factor * power;
        return 10 * power;
    }

    String label(double value) {
        return this == LOG2 ? NumberText.power(value) : NumberText.of(value);
    }
}
