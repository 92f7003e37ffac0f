package io.firesteel.ml;

import org.apache.spark.ml.util.Identifiable;

/**
 * The identity of a stage before its fields are set: Spark's constructors ask for it, and its Params remember the
 * answer. A constructor that is given one puts it here first.
 */
final class StageUid {
    private static final ThreadLocal<String> NEXT = new ThreadLocal<>();

    private StageUid() {}

    /** Makes {@code uid} the answer of the next {@link #take}; the value is for {@code this(...)} alone. */
    static Void give(String uid) {
        NEXT.set(uid);
        return null;
    }

    /** What was given, or a new one. */
    static String take(String prefix) {
        String given = NEXT.get();
        NEXT.remove();
        return given == null ? Identifiable.randomUID(prefix) : given;
    }
}
