package io.firesteel.internal.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.internal.gradient.ReductionTree.Merge;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReductionTreeTest {
    @Test
    void sixShardsMeetInThisOrder() {
        assertEquals(
                List.of(
                        new Merge(0, 1, 2),
                        new Merge(2, 3, 4),
                        new Merge(4, 5, 6),
                        new Merge(0, 2, 4),
                        new Merge(0, 4, 6)),
                new ReductionTree(6).merges());
    }

    @Test
    void everyCutOfTheShardsMergesInTheSameShape() {
        for (int shards = 1; shards <= 20; shards++) {
            String whole = merged(shards, new int[] {0});
            for (int parts = 1; parts <= shards; parts++)
                assertEquals(whole, merged(shards, new ReductionTree(shards).ranges(parts)));
        }
    }

    @Test
    void headsAreWhatIsLeftOfARange() {
        assertEquals(List.of(0), new ReductionTree(8).heads(0, 8));
        assertEquals(List.of(3, 4, 6), new ReductionTree(8).heads(3, 7));
        assertEquals(List.of(4), new ReductionTree(7).heads(4, 7)); // the last subtree is cut off
    }

    @Test
    void rangesCoverTheShards() {
        for (int parts = 1; parts < 12; parts++) {
            int[] starts = new ReductionTree(7).ranges(parts);
            assertEquals(Math.min(parts, 7), starts.length);
            assertEquals(0, starts[0]);
            for (int i = 1; i < starts.length; i++) assertTrue(starts[i] > starts[i - 1] && starts[i] < 7);
        }
    }

    /** The expression that the merges build: each owner's first, then the rest. */
    private static String merged(int shards, int[] starts) {
        ReductionTree tree = new ReductionTree(shards);
        List<String> slots = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) slots.add(Integer.toString(shard));
        List<Merge> merges = new ArrayList<>();
        for (int i = 0; i < starts.length; i++)
            merges.addAll(tree.within(starts[i], i + 1 < starts.length ? starts[i + 1] : shards));
        merges.addAll(tree.across(starts));
        for (Merge merge : merges)
            slots.set(merge.into(), "(" + slots.get(merge.into()) + "+" + slots.set(merge.from(), null) + ")");
        return slots.get(0);
    }
}
