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
    /** Rings: points that do not count, such as more workers than cores. */
    RINGS,
    /** Crosses: failures. */
    CROSSES,
    /** The area between the lows and the highs. */
    BAND,
    /** Bars from low to high, as parts of a stack. */
    COLUMNS
}
