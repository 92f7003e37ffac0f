package io.firesteel.studies.report;

import java.util.List;
import java.util.Locale;

/** The names of the series in rows above a plot, each row filled before the next begins. */
final class PlotLegend {
    private static final int ROW = 20, KEY = 30, GAP = 18;
    private static final double LETTER = 7.1; // mean letter width at 13 pixels in the widest font of the style sheet

    private final List<PlotSeries> named;
    private final int[] xs;
    private final int[] rows;
    private int height;

    PlotLegend(List<PlotSeries> series, int left, int right) {
        this.named = series.stream().filter(one -> !one.name().isEmpty()).toList();
        this.xs = new int[named.size()];
        this.rows = new int[named.size()];
        int x = left, row = 0;
        for (int i = 0; i < named.size(); i++) {
            int width = KEY + (int) (LETTER * named.get(i).name().length());
            if (x > left && x + width > right) {
                x = left;
                row++;
            }
            xs[i] = x;
            rows[i] = row;
            x += width + GAP;
        }
        this.height = named.isEmpty() ? 0 : (row + 1) * ROW + 4;
    }

    int height() {
        return height;
    }

    String svg(int top) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < named.size(); i++) {
            PlotSeries series = named.get(i);
            int y = top + rows[i] * ROW + 9;
            out.append(String.format(
                    Locale.ROOT,
                    "%s<text x=\"%d\" y=\"%d\">%s</text>%n",
                    key(series, xs[i], y),
                    xs[i] + KEY,
                    y + 4,
                    Html.escape(series.name())));
        }
        return out.toString();
    }

    private static String key(PlotSeries series, int x, int y) {
        String dot = String.format(
                Locale.ROOT, "<circle class=\"fill-%s\" cx=\"%d\" cy=\"%d\" r=\"4\"/>", series.colour(), x + 12, y);
        String line = String.format(
                Locale.ROOT,
                "<path class=\"line %s stroke-%s\" d=\"M%d %dh24\"/>",
                series.mark() == MarkStyle.DASHED ? "dashed" : "solid",
                series.colour(),
                x,
                y);
        return switch (series.mark()) {
            case LINE, DASHED -> line;
            case TRACE -> line + dot;
            case DOTS -> dot;
            case RINGS ->
                String.format(
                        Locale.ROOT,
                        "<circle class=\"ring stroke-%s\" cx=\"%d\" cy=\"%d\" r=\"4\"/>",
                        series.colour(),
                        x + 12,
                        y);
            case CROSSES ->
                String.format(
                        Locale.ROOT,
                        "<path class=\"cross stroke-%s\" d=\"M%d %dl8 8m0 -8l-8 8\"/>",
                        series.colour(),
                        x + 8,
                        y - 4);
            case BAND ->
                String.format(
                        Locale.ROOT,
                        "<rect class=\"band fill-%s\" x=\"%d\" y=\"%d\" width=\"24\" height=\"12\"/>",
                        series.colour(),
                        x,
                        y - 6);
            case COLUMNS ->
                String.format(
                        Locale.ROOT,
                        "<rect class=\"fill-%s\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/>",
                        series.colour(),
                        x + 6,
                        y - 6);
        };
    }
}
