package io.firesteel.studies.report;

/** How a series is drawn. */
enum MarkStyle {
    /** A line. */
    LINE,
    /** A dashed line: a reference, or a prediction. */
    DASHED,
    /** Dots, with bars where they have intervals. */
    DOTS,
    /** Dots with a line through them. */
    TRACE,
    /** Rings: what does not count, such as workers above the cores. */
    RINGS,
    /** Crosses: what failed. */
    CROSSES,
    /** The area between the lows and the highs. */
    BAND,
    /** Columns from low to high, as parts of a stack. */
    COLUMNS
}
