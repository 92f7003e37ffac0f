package io.firesteel.row;

/** Where packed training rows are cached; the names are Spark's storage levels. It does not change the result. */
public enum RowStorage {
    /** In memory only, however much that takes. */
    MEMORY_ONLY,
    /** In memory while it lasts; shards that do not fit are on disk. */
    MEMORY_AND_DISK,
    /** On disk; a step reads only the rows of its own batch. */
    DISK_ONLY
}
