package io.firesteel.loss;

/** What the targets of a row are, and so what a model predicts. */
public enum TargetKind {
    /** One class label, 0, 1, 2, ...; predictions are one output per class. */
    CLASS,
    /** Any number of labels, each 0 or 1 in a target of its own; predictions are one output per label. */
    LABELS,
    /** Numbers; predictions are as many. */
    VALUES
}
