package io.firesteel.internal.gradient;

import io.firesteel.array.ParamLayout;
import io.firesteel.internal.gradient.ReductionTree.Merge;
import java.util.Collection;
import java.util.List;

/** Finishes the tree on the driver's threads, when every sum is there: their order of arrival does not matter. */
public final class DriverMerge {
    private final int shards;
    private final List<Merge> merges;
    private final SliceNorms norms;
    private final ThreadTeam team;

    /** Does what is left of the tree over {@code shards} when others have done all but {@code merges}. */
    DriverMerge(int shards, List<Merge> merges, ParamLayout layout, ThreadTeam team) {
        this.shards = shards;
        this.merges = merges;
        this.norms = new SliceNorms(layout);
        this.team = team;
    }

    /** Does whatever is left, whichever subtrees come. */
    public DriverMerge(WorkerConfig job, ThreadTeam team) {
        this(job.shards(), new ReductionTree(job.shards()).merges(), job.model().layout(), team);
    }

    /** The total of gradients, with its norms. */
    public GradientSum total(Collection<GradientSum> sums) {
        SlicedAdds adds = new SlicedAdds();
        return measured(fold(sums, adds), adds);
    }

    /** The total of an evaluation. */
    public GradientSum evaluation(Collection<GradientSum> sums) {
        return fold(sums, (right, left) -> {});
    }

    /** {@code total} with its norms, after {@code adds}. */
    GradientSum measured(GradientSum total, SlicedAdds adds) {
        total.norms = norms.of(total.gradient(), team, adds);
        return total;
    }

    private GradientSum fold(Collection<GradientSum> sums, TreeFold.VectorAdd vectors) {
        TreeFold fold = new TreeFold(merges, 0, shards, vectors);
        sums.forEach(fold::put);
        return fold.heads().get(0);
    }
}
