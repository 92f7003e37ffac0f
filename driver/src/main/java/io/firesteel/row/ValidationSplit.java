package io.firesteel.row;

import io.firesteel.spec.Default;

/**
 * Which training rows are held out to judge the model while it trains: a seeded {@code fraction} of them, or the
 * {@code last} so many of the file; none by default.
 */
public record ValidationSplit(
        @Default("0") double fraction, @Default("0") long last) {
    public static final ValidationSplit NONE = new ValidationSplit(0, 0);

    public ValidationSplit {
        if (!(fraction >= 0 && fraction < 1))
            throw new IllegalArgumentException("fraction is in [0, 1), got " + fraction);
        if (last < 0) throw new IllegalArgumentException("last is not negative, got " + last);
        if (fraction > 0 && last > 0) throw new IllegalArgumentException("give fraction or last, not both");
    }

    /** Rows held out of {@code rows}. */
    public long count(long rows) {
        return last > 0 ? last : Math.round(fraction * rows);
    }
}
