package io.firesteel.internal.gradient;

import java.util.ArrayList;
import java.util.List;

/**
 * The fixed binary tree over the shards along which sums are merged. A node of level l covers 2^l shards from a
 * multiple of 2^l, cut off at the last shard; its sum lives in the slot of its first shard.
 */
public record ReductionTree(int shards) {
    /** Slot {@code into} takes in slot {@code from}; together they cover the shards [into, end). */
    public record Merge(int into, int from, int end) {}

    public ReductionTree {
        if (shards <= 0) throw new IllegalArgumentException("shards is above 0, got " + shards);
    }

    /** Every merge, children before parents; the total ends in slot 0. */
    public List<Merge> merges() {
        List<Merge> merges = new ArrayList<>();
        for (long half = 1; half < shards; half *= 2)
            for (long into = 0; into + half < shards; into += 2 * half)
                merges.add(new Merge((int) into, (int) (into + half), (int) Math.min(into + 2 * half, shards)));
        return merges;
    }

    /** The merges inside [from, to), which its owner can do alone. */
    public List<Merge> within(int from, int to) {
        return merges().stream().filter(m -> m.into() >= from && m.end() <= to).toList();
    }

    /** The merges that are left when the owner of every range [starts[i], starts[i + 1]) has done its own. */
    public List<Merge> across(int[] starts) {
        return across(starts, shards);
    }

    /** The same inside [starts[0], end). */
    List<Merge> across(int[] starts, int end) {
        List<Merge> left = new ArrayList<>(within(starts[0], end));
        for (int i = 0; i < starts.length; i++)
            left.removeAll(within(starts[i], i + 1 < starts.length ? starts[i + 1] : end));
        return left;
    }

    /** The slots of [from, to) that still hold a sum after {@link #within}. */
    public List<Integer> heads(int from, int to) {
        List<Integer> heads = new ArrayList<>();
        for (int shard = from; shard < to; shard++) heads.add(shard);
        within(from, to).forEach(merge -> heads.remove((Integer) merge.from()));
        return heads;
    }

    /** One past the last shard of the subtree that {@code head} of [from, to) has after {@link #within}. */
    public int end(int head, int from, int to) {
        int end = head + 1;
        for (Merge merge : within(from, to)) if (merge.into() == head) end = merge.end();
        return end;
    }

    /** Cuts the shards into at most {@code parts} ranges of nearly equal size; the starts. */
    public int[] ranges(int parts) {
        return ranges(0, shards, parts);
    }

    /** The same for the shards [from, to). */
    static int[] ranges(int from, int to, int parts) {
        int[] starts = new int[Math.min(parts, to - from)];
        for (int i = 0; i < starts.length; i++) starts[i] = from + (int) ((long) i * (to - from) / starts.length);
        return starts;
    }
}
