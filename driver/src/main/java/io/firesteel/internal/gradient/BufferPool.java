package io.firesteel.internal.gradient;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Gradient vectors that are used again. Not thread-safe. */
final class BufferPool {
    private final ArrayDeque<float[]> free = new ArrayDeque<>();
    private final List<float[]> all = new ArrayList<>();

    /** A vector with undefined contents. */
    float[] take(int size) {
        if (free.isEmpty()) {
            all.add(new float[size]);
            return all.get(all.size() - 1);
        }
        return free.pop();
    }

    void giveBack(float[] vector) {
        free.push(vector);
    }

    /** Takes back every vector ever given. */
    void reclaim() {
        free.clear();
        free.addAll(all);
    }
}
