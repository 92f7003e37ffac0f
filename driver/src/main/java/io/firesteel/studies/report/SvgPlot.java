package io.firesteel.studies.report;

import java.util.List;
import java.util.Locale;

/** A plot as SVG. Colours are classes of {@link StyleSheet}; each mark has its description as {@code <title>}. */
final class SvgPlot {
    static final int WIDTH = 720;
    private static final int LEFT = 76, RIGHT = 20, BOTTOM = 58, INNER = 340;

    private final Plot plot;
    private final StringBuilder out = new StringBuilder();
    private final PlotLegend legend;
    private final int top;

    private SvgPlot(Plot plot) {
        this.plot = plot;
        this.legend = new PlotLegend(plot.series(), LEFT, WIDTH - RIGHT);
        this.top = 12 + legend.height() + (plot.shades().isEmpty() ? 0 : 18);
    }

    /** The {@code <svg>} element; {@code style} is embedded for a stand-alone file, and empty inside a page. */
    static String svg(Plot plot, String style) {
        return new SvgPlot(plot).draw(style);
    }

    private String draw(String style) {
        int height = top + INNER + BOTTOM;
        put(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                        + "height=\"%d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, height, WIDTH, height, Html.escape(plot.title()));
        if (!style.isEmpty())
            put("<style>%s</style><rect class=\"paper\" width=\"%d\" height=\"%d\"/>", style, WIDTH, height);
        put("%s", legend.svg(12));
        shades();
        grid();
        put("<g class=\"marks\">");
        for (PlotSeries series : plot.series()) if (series.mark() == MarkStyle.BAND) band(series);
        for (PlotSeries series : plot.series()) if (series.mark() != MarkStyle.BAND) marks(series);
        put("</g></svg>");
        return out.toString();
    }

    private void shades() {
        for (Plot.Shade shade : plot.shades()) {
            double from = x(Math.max(shade.from(), plot.x().min())),
                    to = x(Math.min(shade.to(), plot.x().max()));
            put(
                    "<rect class=\"shade-%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" "
                            + "height=\"%d\"><title>%s</title></rect>",
                    shade.name(), from, top, to - from, INNER, shade.name());
            if (to - from > 7 * shade.name().length())
                put(
                        "<text class=\"note\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                        (from + to) / 2, top - 6, shade.name());
        }
    }

    private void grid() {
        for (double tick : plot.x().ticks()) {
            put("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x(tick), top, top + INNER);
            put(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(tick), top + INNER + 19, plot.x().scale().label(tick));
        }
        for (double tick : plot.y().ticks()) {
            put("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y(tick), WIDTH - RIGHT);
            put(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 8, y(tick) + 4.5, plot.y().scale().label(tick));
        }
        put("<path class=\"axis\" d=\"M%d %dV%dH%d\"/>", LEFT, top, top + INNER, WIDTH - RIGHT);
        put(
                "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                top + INNER + 44,
                Html.escape(plot.x().title()));
        put(
                "<text class=\"name\" transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                top + INNER / 2, Html.escape(plot.y().title()));
    }

    private void marks(PlotSeries series) {
        List<PlotPoint> points =
                series.points().stream().filter(p -> plot.x().holds(p.x())).toList();
        switch (series.mark()) {
            case LINE, DASHED -> line(series, points);
            case TRACE -> {
                line(series, points);
                points.forEach(point -> dot(series, point));
            }
            case COLUMNS -> points.forEach(point -> column(series, point));
            default -> points.forEach(point -> dot(series, point));
        }
    }

    private void line(PlotSeries series, List<PlotPoint> points) {
        StringBuilder path = new StringBuilder();
        for (PlotPoint point : points)
            if (plot.y().holds(point.y()))
                path.append(String.format(
                        Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(point.x()), y(point.y())));
        if (path.isEmpty()) return;
        put(
                "<path class=\"line %s stroke-%s\" d=\"%s\"><title>%s</title></path>",
                series.mark() == MarkStyle.DASHED ? "dashed" : "solid",
                series.colour(),
                path,
                Html.escape(series.name()));
    }

    private void band(PlotSeries series) {
        StringBuilder path = new StringBuilder();
        List<PlotPoint> points = series.points().stream()
                .filter(p -> plot.x().holds(p.x())
                        && plot.y().scale().holds(p.low())
                        && plot.y().scale().holds(p.high()))
                .toList();
        if (points.isEmpty()) return;
        for (PlotPoint point : points)
            path.append(String.format(
                    Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(point.x()), inside(point.high())));
        for (int i = points.size() - 1; i >= 0; i--)
            path.append(String.format(
                    Locale.ROOT,
                    "L%.1f %.1f",
                    x(points.get(i).x()),
                    inside(points.get(i).low())));
        put(
                "<path class=\"band fill-%s\" d=\"%sZ\"><title>%s</title></path>",
                series.colour(), path, Html.escape(series.name()));
    }

    private void dot(PlotSeries series, PlotPoint point) {
        if (!plot.y().holds(point.y())) return;
        double x = x(point.x()), y = y(point.y());
        put("<g><title>%s</title>", Html.escape(point.note()));
        if (plot.y().scale().holds(point.low()) && plot.y().scale().holds(point.high()))
            put(
                    "<path class=\"bar stroke-%s\" d=\"M%.1f %.1fV%.1f\"/>",
                    series.colour(), x, inside(point.low()), inside(point.high()));
        switch (series.mark()) {
            case RINGS ->
                put("<circle class=\"ring stroke-%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", series.colour(), x, y);
            case CROSSES ->
                put("<path class=\"cross stroke-%s\" d=\"M%.1f %.1fl8 8m0 -8l-8 8\"/>", series.colour(), x - 4, y - 4);
            default -> put("<circle class=\"fill-%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", series.colour(), x, y);
        }
        put("</g>");
    }

    private void column(PlotSeries series, PlotPoint point) {
        double low = inside(point.low()), high = inside(point.high());
        put(
                "<rect class=\"fill-%s\" x=\"%.1f\" y=\"%.1f\" width=\"14\" height=\"%.1f\"><title>%s</title></rect>",
                series.colour(), x(point.x()) - 7, high, Math.max(0, low - high), Html.escape(point.note()));
    }

    private double x(double value) {
        return LEFT + plot.x().share(value) * (WIDTH - RIGHT - LEFT);
    }

    private double y(double value) {
        return top + (1 - plot.y().share(value)) * INNER;
    }

    /** y in pixels, clamped to the axis. */
    private double inside(double value) {
        return y(Math.max(plot.y().min(), Math.min(plot.y().max(), value)));
    }

    private void put(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
