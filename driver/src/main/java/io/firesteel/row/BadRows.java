package io.firesteel.row;

import io.firesteel.spec.Default;
import java.io.Serializable;

/**
 * What to do with a row that cannot be used: a cell that is missing or not a finite number, a wrong width, a label out
 * of range.
 */
public sealed interface BadRows extends Serializable {
    /** Maximum number of bad rows tolerated; an unreadable file counts as one. One more ends the run. */
    long budget();

    /** The first bad row ends the run. */
    record Fail() implements BadRows {
        @Override
        public long budget() {
            return 0;
        }
    }

    /**
     * Leaves bad rows out and counts them.
     *
     * @param budget maximum number of bad rows tolerated
     */
    record Skip(@Default("1000") long budget) implements BadRows {
        public Skip {
            check(budget);
        }
    }

    /**
     * Replaces missing and non-finite feature values and counts those rows; a row that is bad in any other way ends the
     * run.
     *
     * @param value what replaces a bad value
     * @param budget maximum number of imputed rows tolerated
     */
    record Impute(
            @Default("0") float value, @Default("1000") long budget) implements BadRows {
        public Impute {
            check(budget);
            if (!Float.isFinite(value)) throw new IllegalArgumentException("value is finite, got " + value);
        }
    }

    private static void check(long budget) {
        if (budget < 0) throw new IllegalArgumentException("budget is not negative, got " + budget);
    }
}
