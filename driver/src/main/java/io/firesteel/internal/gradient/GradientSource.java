package io.firesteel.internal.gradient;

import io.firesteel.internal.shard.Split;
import io.firesteel.metric.Sums;
import java.io.Serializable;

/** Where sums over rows come from; the training loop does not know which source it has. */
public interface GradientSource extends AutoCloseable {
    /** Its name in reports: {@code in-process}, {@code spark}, ... */
    String name();

    /** The sum over the rows of {@code batch}, merged along the tree. */
    GradientSum sum(float[] params, Batch batch);

    /**
     * The first shard whose own sum is not finite, with the index of the number, or null; diagnoses a step that went
     * wrong.
     */
    NonFinite nonFinite(float[] params, Batch batch);

    /** Loss and metrics summed over all rows of a split, merged along the tree. */
    Sums evaluate(float[] params, Split split);

    @Override
    void close();

    /** A number that is not finite. A plain class, since Kryo 4 cannot write records. */
    final class NonFinite implements Serializable {
        private static final long serialVersionUID = 1;

        public final int shard;
        public final int index; // in the gradient

        NonFinite(int shard, int index) {
            this.shard = shard;
            this.index = index;
        }
    }
}
