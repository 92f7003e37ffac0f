package io.firesteel.internal.gradient;

import io.firesteel.array.Floats;
import java.util.ArrayList;
import java.util.List;

/** Records the additions that a fold asks for, and does them afterwards slice by slice on all threads of a team. */
final class SlicedAdds implements TreeFold.VectorAdd, ThreadTeam.SliceTask {
    private final List<float[]> parts = new ArrayList<>();
    private final List<float[]> sums = new ArrayList<>();

    @Override
    public void add(GradientSum right, GradientSum left) {
        parts.add(right.gradient());
        sums.add(left.gradient());
    }

    /** Does all of them, in their order, on [from, to) of every vector. */
    @Override
    public void accept(int member, int from, int to) {
        for (int i = 0; i < parts.size(); i++) Floats.add(parts.get(i), sums.get(i), from, to);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }
}
