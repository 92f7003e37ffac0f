package io.firesteel.source;

import java.io.Serializable;

/** The rows that begin at bytes [from, to) of a file; the last range of a file has no end. */
public record FileRange(String path, long from, long to) implements Serializable {
    /** A whole file. */
    static FileRange whole(String path) {
        return new FileRange(path, 0, Long.MAX_VALUE);
    }

    boolean isWhole() {
        return from == 0 && to == Long.MAX_VALUE;
    }
}
