package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.train.Tree.Merge;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeTest {
    @Test
    void sixShardsMeetInThisOrder() {
        assertEquals(
                List.of(
                        new Merge(0, 1, 2),
                        new Merge(2, 3, 4),
                        new Merge(4, 5, 6),
                        new Merge(0, 2, 4),
                        new Merge(0, 4, 6)),
                new Tree(6).merges());
    }

    @Test
    void everyCutOfTheShardsMergesInTheSameShape() {
        for (int shards = 1; shards <= 20; shards++) {
            String whole = merged(shards, new int[] {0});
            for (int parts = 1; parts <= shards; parts++)
                assertEquals(whole, merged(shards, new Tree(shards).ranges(parts)));
        }
    }

    @Test
    void headsAreWhatIsLeftOfARange() {
        assertEquals(List.of(0), new Tree(8).heads(0, 8));
        assertEquals(List.of(3, 4, 6), new Tree(8).heads(3, 7));
        assertEquals(List.of(4), new Tree(7).heads(4, 7)); // the last subtree is cut off
    }

    @Test
    void rangesCoverTheShards() {
        for (int parts = 1; parts < 12; parts++) {
            int[] starts = new Tree(7).ranges(parts);
            assertEquals(Math.min(parts, 7), starts.length);
            assertEquals(0, starts[0]);
            for (int i = 1; i < starts.length; i++) assertTrue(starts[i] > starts[i - 1] && starts[i] < 7);
        }
    }

    /** The expression that the merges build: each owner's first, then the rest. */
    private static String merged(int shards, int[] starts) {
        Tree tree = new Tree(shards);
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
