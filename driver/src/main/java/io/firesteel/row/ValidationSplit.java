package io.firesteel.row;

import io.firesteel.spec.Default;

/**
 * Which training rows are set aside for validation; none by default.
 *
 * @param fraction fraction of the training rows, chosen by the seed
 * @param last this many rows at the end of the training source, instead of a fraction
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

    /** Number of validation rows out of {@code rows}. */
    public long count(long rows) {
        return last > 0 ? last : Math.round(fraction * rows);
    }
}
