package io.firesteel.internal.gradient;

import io.firesteel.internal.gradient.ReductionTree.Merge;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds sums along the reduction tree: two siblings meet as soon as both are there, so that the order in which they
 * come does not change the result. Not thread-safe.
 */
final class TreeFold {
    /** How gradients meet. */
    interface VectorAdd {
        /** left += right, now or later. */
        void add(GradientSum right, GradientSum left);
    }

    private final int from;
    private final List<Merge> merges; // children before parents, so that one pass does all that has become possible
    private final GradientSum[] nodes; // [first shard - from]
    private final VectorAdd vectors;

    /** For the shards [from, to) and these merges of the tree. */
    TreeFold(List<Merge> merges, int from, int to, VectorAdd vectors) {
        this.merges = merges;
        this.from = from;
        this.nodes = new GradientSum[to - from];
        this.vectors = vectors;
    }

    /** Takes in a node, and changes it when its sibling comes. */
    void put(GradientSum node) {
        nodes[node.from - from] = node;
        for (Merge merge : merges) {
            GradientSum left = nodes[merge.into() - from], right = nodes[merge.from() - from];
            if (left == null || right == null || left.to != merge.from() || right.to != merge.end()) continue;
            vectors.add(right, left);
            left.take(right);
            nodes[merge.from() - from] = null;
        }
    }

    /** What is left, in the order of the shards: the heads of the subtrees that are whole. */
    List<GradientSum> heads() {
        List<GradientSum> heads = new ArrayList<>();
        for (GradientSum node : nodes) if (node != null) heads.add(node);
        return heads;
    }
}
