package io.firesteel.internal.gradient;

import io.firesteel.internal.measure.TaskTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.Partitioner;
import scala.Tuple2;

/**
 * One level of merging on executors, through one shuffle. Its reducer number {@code group * slices + slice} gets one
 * slice of the vector from every task of one group of shards. With one slice it is a middle level of the tree; with one
 * group it is a reduce-scatter.
 */
public final class MergeLevel extends Partitioner {
    private static final long serialVersionUID = 1;

    public final int[] starts; // group g is the shards [starts[g], starts[g + 1])
    final int slices;
    private final int shards;

    MergeLevel(int[] starts, int slices, int shards) {
        this.starts = starts;
        this.slices = slices;
        this.shards = shards;
    }

    /** A reduce-scatter: every reducer merges all shards, one slice of the vector each. */
    static List<MergeLevel> slices(int slices, int shards) {
        return List.of(new MergeLevel(new int[] {0}, slices, shards));
    }

    /**
     * The middle levels between the tasks that start at {@code tasks} and a driver that takes at most {@code most}
     * tasks' sums: as few as will do, each merging the same power of two of neighbours.
     */
    public static List<MergeLevel> groups(int[] tasks, int most, int shards) {
        List<MergeLevel> rounds = new ArrayList<>();
        int levels = 0, fan = 2;
        for (double left = tasks.length; left > most; left /= most) levels++;
        while (Math.pow(fan, levels + 1) < tasks.length) fan *= 2;
        for (int[] starts = tasks; rounds.size() < levels; ) {
            int[] groups = new int[(starts.length + fan - 1) / fan];
            for (int g = 0; g < groups.length; g++) groups[g] = starts[g * fan];
            rounds.add(new MergeLevel(groups, 1, shards));
            starts = groups;
        }
        return rounds;
    }

    public int from(int group) {
        return starts[group];
    }

    public int to(int group) {
        return group + 1 < starts.length ? starts[group + 1] : shards;
    }

    /** Where slice {@code slice} of a vector starts: at a multiple of a cache line. */
    int start(int slice, int size) {
        return slice == slices ? size : (int) ((long) size * slice / slices) & ~15;
    }

    /** The pieces of a task's sums, each with the number of its reducer. Views, not copies. */
    List<Tuple2<Integer, GradientSum>> pieces(GradientSum[] sums) {
        List<Tuple2<Integer, GradientSum>> pieces = new ArrayList<>();
        for (GradientSum sum : sums) {
            float[] values = sum.gradient();
            int place = Arrays.binarySearch(starts, sum.from), group = place < 0 ? -2 - place : place;
            for (int k = 0; k < slices; k++) {
                FloatSlice slice = new FloatSlice(values, start(k, values.length), start(k + 1, values.length));
                List<TaskTime> times = k == 0 ? sum.times : List.of();
                pieces.add(new Tuple2<>(group * slices + k, sum.slice(slice, times)));
            }
        }
        return pieces;
    }

    @Override
    public int numPartitions() {
        return starts.length * slices;
    }

    @Override
    public int getPartition(Object reducer) {
        return (Integer) reducer;
    }
}
