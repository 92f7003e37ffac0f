package io.firesteel.studies;

import io.firesteel.spec.Default;

/** The values that a search tunes; a null momentum means the run file's. */
public record TunedValues(double rate, @Default("null") Double momentum) {}
