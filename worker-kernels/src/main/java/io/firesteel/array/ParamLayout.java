package io.firesteel.array;

import java.util.List;

/** The named slices of a flat parameter vector in the order of their offsets, without gaps. */
public record ParamLayout(List<ParamSlice> params) {
    public ParamLayout {
        params = List.copyOf(params);
    }

    /** The length of the vector. */
    public int size() {
        return params.isEmpty() ? 0 : params.get(params.size() - 1).end();
    }

    /** Whether some slice is assigned and not optimized. */
    public boolean hasStatistics() {
        for (ParamSlice param : params) if (param.role() == ParamSlice.Role.STATISTIC) return true;
        return false;
    }

    /** The slice that holds {@code index}. */
    public ParamSlice at(int index) {
        return params.stream()
                .filter(p -> index >= p.offset() && index < p.end())
                .findFirst()
                .orElseThrow(() -> new IndexOutOfBoundsException(index));
    }

    /** Initial values, a function of the seed and each slice's index alone. */
    public float[] init(long seed) {
        float[] vector = new float[size()];
        for (int i = 0; i < params.size(); i++) params.get(i).fill(vector, new Random64(seed, i));
        return vector;
    }
}
