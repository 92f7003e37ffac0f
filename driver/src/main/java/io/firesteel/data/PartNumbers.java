package io.firesteel.data;

import io.firesteel.data.TablePart.Tally;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.List;

/**
 * Where the rows of each part of a table stand among all, and what their weights are multiplied by, so that their mean
 * is 1.
 */
record PartNumbers(long[] firstTrained, long[] firstHeld, float scale, float heldScale) implements Serializable {
    /** {@code weight} names the column of the weights; null where there is none. */
    static PartNumbers of(List<Tally> tallies, String weight) {
        long[] trained = new long[tallies.size()], held = new long[tallies.size()];
        long trainedRows = 0, heldRows = 0;
        double trainedWeight = 0, heldWeight = 0;
        for (int i = 0; i < trained.length; i++) {
            Tally tally = tallies.get(i);
            trained[i] = trainedRows;
            held[i] = heldRows;
            trainedRows += tally.trained;
            heldRows += tally.held;
            trainedWeight += tally.trainedWeight;
            heldWeight += tally.heldWeight;
        }
        if (trainedRows > 0 && trainedWeight == 0 || heldRows > 0 && heldWeight == 0)
            throw new SpecException("column \"" + weight + "\": all weights are 0; give some row a weight");
        return new PartNumbers(trained, held, (float) (trainedRows / trainedWeight), (float) (heldRows / heldWeight));
    }
}
