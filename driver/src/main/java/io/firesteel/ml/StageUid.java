package io.firesteel.ml;

import org.apache.spark.ml.util.Identifiable;

/**
 * The uid of a stage before its fields are set: Spark's constructors call {@code uid()} before a subclass's fields
 * exist, and Params keep the answer. A constructor with a given uid stores it here first.
 */
final class StageUid {
    private static final ThreadLocal<String> NEXT = new ThreadLocal<>();

    private StageUid() {}

    /**
     * Makes {@code uid} the result of the next {@link #take}; the return value only serves to call this inside
     * {@code this(...)}.
     */
    static Void give(String uid) {
        NEXT.set(uid);
        return null;
    }

    /** The stored uid, or a new one. */
    static String take(String prefix) {
        String given = NEXT.get();
        NEXT.remove();
        return given == null ? Identifiable.randomUID(prefix) : given;
    }
}
