package io.firesteel.row;

import io.firesteel.spec.Default;
import java.io.Serializable;

/**
 * What to do with a row that cannot be used: a cell that is missing or no finite number, a wrong width, a label out of
 * range.
 */
public sealed interface BadRows extends Serializable {
    /** Bad rows, or files, that are put up with before reading fails all the same. */
    long budget();

    /** The first one ends the run. */
    record Fail() implements BadRows {
        @Override
        public long budget() {
            return 0;
        }
    }

    /** Leaves them out and counts them. */
    record Skip(@Default("1000") long budget) implements BadRows {
        public Skip {
            check(budget);
        }
    }

    /** Puts {@code value} in bad cells of the features and counts those rows; what cannot be mended so ends the run. */
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
