package io.firesteel.study;

import io.firesteel.spec.Default;

/** What a search may change; a null momentum is that of the run file. */
public record Point(double rate, @Default("null") Double momentum) {}
