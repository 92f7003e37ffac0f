package io.firesteel.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.spec.SpecException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DealTest {
    @Test
    void everyRowHasAPlaceOfItsOwn() {
        for (Validation validation :
                new Validation[] {Validation.NONE, new Validation(0.2, 0), new Validation(0, 13)}) {
            Deal deal = new Deal(101, validation, 4, 9);
            Set<Long> trained = new HashSet<>(), held = new HashSet<>();
            for (long row = 0; row < 101; row++) {
                long place = deal.position(row);
                (place < 0 ? held : trained).add(place < 0 ? -1 - place : place);
            }
            assertEquals(deal.trained(), trained.size());
            assertEquals(deal.held(), held.size());
            assertEquals(101, deal.trained() + deal.held());
        }
    }

    @Test
    void lastHoldsOutTheEndOfTheFile() {
        Deal deal = new Deal(50, new Validation(0, 10), 3, 1);
        for (long row = 0; row < 50; row++) assertEquals(row >= 40, deal.position(row) < 0, "row " + row);
    }

    @Test
    void holdingOutEverythingIsRefused() {
        assertEquals(
                "data.validation holds out 50 of 50 rows; leave some to train on",
                assertThrows(SpecException.class, () -> new Deal(50, new Validation(0, 50), 3, 1))
                        .getMessage());
    }
}
