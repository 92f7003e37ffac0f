package io.firesteel.internal.shard;

/** The three kinds of rows of a run. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
