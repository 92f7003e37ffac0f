package io.firesteel.studies;

import io.firesteel.spec.Default;

/** What a search may change; a null momentum is that of the run file. */
public record TunedValues(double rate, @Default("null") Double momentum) {}
