package io.firesteel.source;

/** The rows that begin at bytes [from, to) of a file; the last range of a file has no end. */
public record FileRange(String path, long from, long to) {
    /** A whole file. */
    static FileRange whole(String path) {
        return new FileRange(path, 0, Long.MAX_VALUE);
    }

    /** What {@link #parse} reads: a text travels with any of Spark's serializers. */
    String text() {
        return from + " " + to + " " + path;
    }

    static FileRange parse(String text) {
        String[] words = text.split(" ", 3);
        return new FileRange(words[2], Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    boolean isWhole() {
        return from == 0 && to == Long.MAX_VALUE;
    }
}
