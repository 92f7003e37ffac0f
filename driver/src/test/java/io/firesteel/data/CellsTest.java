package io.firesteel.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.firesteel.array.Shape;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellsTest {
    @ParameterizedTest
    @EnumSource
    void aChecksumDiffersWhereARowDoes(RowBytes.Kind kind) {
        int sum = cells(kind, row -> {}).checksum();
        assertEquals(sum, cells(kind, row -> {}).checksum());
        assertNotEquals(sum, cells(kind, row -> row.targets[0] = 1).checksum());
        assertNotEquals(sum, cells(kind, row -> row.weight = 2).checksum());
        assertNotEquals(sum, cells(kind, row -> row.held = true).checksum());
        assertNotEquals(
                sum,
                cells(kind, row -> {
                            if (row.pixels != null) row.pixels[2] = 9;
                            else row.values[2] = 9;
                        })
                        .checksum());
        if (kind != RowBytes.Kind.SPARSE) return;
        assertNotEquals(sum, cells(kind, row -> row.places[2] = 3).checksum());
        assertNotEquals(sum, cells(kind, row -> row.count = 2).checksum());
        assertEquals(sum, cells(kind, row -> row.values[3] = 9).checksum(), "behind the last that counts");
    }

    private static Cells cells(RowBytes.Kind kind, Consumer<Cells> change) {
        boolean pixels = kind == RowBytes.Kind.PIXELS, sparse = kind == RowBytes.Kind.SPARSE;
        Cells cells = new Cells(new Header(new Shape(4), 1, false, pixels, sparse, List.of()));
        cells.count = 3;
        change.accept(cells);
        return cells;
    }
}
