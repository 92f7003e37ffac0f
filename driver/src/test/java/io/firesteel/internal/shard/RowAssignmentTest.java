package io.firesteel.internal.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.row.ValidationSplit;
import io.firesteel.spec.SpecException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowAssignmentTest {
    @Test
    void everyRowHasAPlaceOfItsOwn() {
        for (ValidationSplit validation :
                new ValidationSplit[] {ValidationSplit.NONE, new ValidationSplit(0.2, 0), new ValidationSplit(0, 13)}) {
            RowAssignment assignment = new RowAssignment(101, validation, 4, 9);
            Set<Long> trained = new HashSet<>(), held = new HashSet<>();
            for (long row = 0; row < 101; row++) {
                long place = assignment.position(row);
                (place < 0 ? held : trained).add(place < 0 ? -1 - place : place);
            }
            assertEquals(assignment.trainRows(), trained.size());
            assertEquals(assignment.validationRows(), held.size());
            assertEquals(101, assignment.trainRows() + assignment.validationRows());
        }
    }

    @Test
    void lastHoldsOutTheEndOfTheFile() {
        RowAssignment assignment = new RowAssignment(50, new ValidationSplit(0, 10), 3, 1);
        for (long row = 0; row < 50; row++) assertEquals(row >= 40, assignment.position(row) < 0, "row " + row);
    }

    @Test
    void holdingOutEverythingIsRefused() {
        assertEquals(
                "data.validation takes 50 of 50 rows; leave some to train on",
                assertThrows(SpecException.class, () -> new RowAssignment(50, new ValidationSplit(0, 50), 3, 1))
                        .getMessage());
    }
}
