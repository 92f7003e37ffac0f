package io.firesteel.train;

import io.firesteel.data.Portion.Split;
import io.firesteel.loss.Score;
import java.io.Serializable;

/** The seam between the training loop and the machine: where sums over rows come from. */
public interface Gradients extends AutoCloseable {
    /** As it stands in reports: {@code in-process}, {@code spark}, {@code spark-slices}. */
    String name();

    /** The sum over the rows of {@code batch}, merged along the tree. */
    GradientSum sum(float[] params, Batch batch);

    /**
     * The first shard whose own sum is not finite, with the index of the number, or null; asked when a step went wrong.
     */
    Fault fault(float[] params, Batch batch);

    /** The score of all rows of a split, merged along the tree. */
    Score score(float[] params, Split split);

    @Override
    void close();

    /** A number that is not finite. A plain class, since Kryo 4 cannot write records. */
    final class Fault implements Serializable {
        private static final long serialVersionUID = 1;

        final int shard;
        final int index; // in the gradient

        Fault(int shard, int index) {
            this.shard = shard;
            this.index = index;
        }
    }
}
