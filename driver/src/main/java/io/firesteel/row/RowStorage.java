package io.firesteel.row;

/** Where packed rows wait, in the words of Spark. It does not change the result. */
public enum RowStorage {
    /** In memory, whatever that takes. */
    MEMORY_ONLY,
    /** In memory while there is room, the other shards on disk. */
    MEMORY_AND_DISK,
    /** On disk, from where a step takes its own rows alone. */
    DISK_ONLY
}
