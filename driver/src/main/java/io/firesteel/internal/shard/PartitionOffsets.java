package io.firesteel.internal.shard;

import io.firesteel.internal.shard.PackedPartition.Tally;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.List;

/**
 * Where the rows of each part of a table stand among all, and what their weights are multiplied by, so that their mean
 * is 1.
 */
record PartitionOffsets(long[] firstTrain, long[] firstValidation, float scale, float validationScale)
        implements Serializable {
    /** {@code weight} names the column of the weights; null where there is none. */
    static PartitionOffsets of(List<Tally> tallies, String weight) {
        long[] train = new long[tallies.size()], validation = new long[tallies.size()];
        long trainRows = 0, validationRows = 0;
        double trainWeight = 0, validationWeight = 0;
        for (int i = 0; i < train.length; i++) {
            Tally tally = tallies.get(i);
            train[i] = trainRows;
            validation[i] = validationRows;
            trainRows += tally.train;
            validationRows += tally.validation;
            trainWeight += tally.trainWeight;
            validationWeight += tally.validationWeight;
        }
        if (trainRows > 0 && trainWeight == 0 || validationRows > 0 && validationWeight == 0)
            throw new SpecException("column \"" + weight + "\": all weights are 0; give some row a weight");
        return new PartitionOffsets(
                train, validation, (float) (trainRows / trainWeight), (float) (validationRows / validationWeight));
    }
}
