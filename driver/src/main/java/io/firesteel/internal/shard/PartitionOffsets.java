package io.firesteel.internal.shard;

import io.firesteel.internal.shard.PackedPartition.Tally;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.List;

/** The row numbers at which each partition starts, and the factors that bring the mean row weight to 1. */
record PartitionOffsets(long[] firstTrain, long[] firstValidation, long[] firstTest, float scale, float validationScale)
        implements Serializable {
    /** {@code weight} names the weight column; null if there is none. */
    static PartitionOffsets of(List<Tally> tallies, String weight) {
        int parts = tallies.size();
        long[] train = new long[parts], validation = new long[parts], test = new long[parts];
        long trainRows = 0, validationRows = 0, testRows = 0;
        double trainWeight = 0, validationWeight = 0;
        for (int i = 0; i < train.length; i++) {
            Tally tally = tallies.get(i);
            train[i] = trainRows;
            validation[i] = validationRows;
            test[i] = testRows;
            testRows += tally.test;
            trainRows += tally.train;
            validationRows += tally.validation;
            trainWeight += tally.trainWeight;
            validationWeight += tally.validationWeight;
        }
        if (trainRows > 0 && trainWeight == 0 || validationRows > 0 && validationWeight == 0)
            throw new SpecException("column \"" + weight + "\": all weights are 0; give some row a positive weight");
        return new PartitionOffsets(train, validation, test, (float) (trainRows / trainWeight), (float)
                (validationRows / validationWeight));
    }
}
