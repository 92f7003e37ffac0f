package io.firesteel.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowBufferTest {
    @ParameterizedTest
    @EnumSource
    void aChecksumDiffersWhereARowDoes(FeatureKind kind) {
        int sum = buffer(kind, row -> {}).checksum();
        assertEquals(sum, buffer(kind, row -> {}).checksum());
        assertNotEquals(sum, buffer(kind, row -> row.targets[0] = 1).checksum());
        assertNotEquals(sum, buffer(kind, row -> row.weight = 2).checksum());
        assertNotEquals(sum, buffer(kind, row -> row.validation = true).checksum());
        assertNotEquals(
                sum,
                buffer(kind, row -> {
                            if (row.pixels != null) row.pixels[2] = 9;
                            else row.values[2] = 9;
                        })
                        .checksum());
        if (kind != FeatureKind.SPARSE) return;
        assertNotEquals(sum, buffer(kind, row -> row.indices[2] = 3).checksum());
        assertNotEquals(sum, buffer(kind, row -> row.count = 2).checksum());
        assertEquals(sum, buffer(kind, row -> row.values[3] = 9).checksum(), "behind the last that counts");
    }

    private static RowBuffer buffer(FeatureKind kind, Consumer<RowBuffer> change) {
        RowBuffer buffer = new RowBuffer(new RowSchema(new Shape(4), kind, TargetKind.VALUES, 1));
        buffer.count = 3;
        change.accept(buffer);
        return buffer;
    }
}
