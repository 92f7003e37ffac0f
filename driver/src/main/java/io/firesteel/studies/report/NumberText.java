package io.firesteel.studies.report;

import java.util.Locale;

/** Numbers as readable text: three significant digits, powers of two as powers. */
final class NumberText {
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private NumberText() {}

    /** Such as {@code 2,180}, {@code 0.137}, {@code 3.1e-5}; {@code unknown} for NaN. */
    static String of(double value) {
        if (Double.isNaN(value)) return "unknown";
        if (Double.isInfinite(value)) return value > 0 ? "∞" : "-∞";
        double size = Math.abs(value);
        if (size >= 1e7 || size > 0 && size < 1e-3)
            return String.format(Locale.ROOT, "%.2g", value)
                    .replaceAll("\\.0+(?=e)", "")
                    .replaceAll("e([+-])0?", "e$1")
                    .replace("e+", "e");
        if (size >= 100) return String.format(Locale.ROOT, "%,.0f", value);
        String digits = String.format(
                Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : size >= 0.1 ? "%.3f" : "%.4f", value);
        return digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
    }

    /** A power of two below 1 as {@code 2⁻⁵}, one above 8,192 as {@code 2¹⁴}, any other number as {@link #of}. */
    static String power(double value) {
        int exponent = Math.getExponent(value);
        boolean exact = value > 0 && value == Math.scalb(1.0, exponent);
        if (!exact || exponent >= 0 && exponent <= 13) return of(value);
        StringBuilder text = new StringBuilder("2");
        if (exponent < 0) text.append('⁻');
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) text.append(RAISED.charAt(digit - '0'));
        return text.toString();
    }

    /** Such as {@code 0.83 ms}, {@code 12.4 s}, {@code 2.1 h}. */
    static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) return of(seconds);
        if (seconds < 1) return of(1e3 * seconds) + " ms";
        if (seconds < 600) return of(seconds) + " s";
        return seconds < 7200 ? of(seconds / 60) + " min" : of(seconds / 3600) + " h";
    }

    /** Such as {@code 83 %}. */
    static String percent(double share) {
        return Double.isNaN(share) ? "unknown" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
