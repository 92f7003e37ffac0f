package io.firesteel.row;

/** How the features of a row are stored. */
public enum FeatureKind {
    /** Unsigned bytes, as pixels are. */
    BYTES,
    /** One float per feature. */
    FLOATS,
    /** The floats that are not zero, with their indices. */
    SPARSE
}
