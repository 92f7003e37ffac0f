package io.firesteel.internal.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SquaredError;
import io.firesteel.loss.TargetKind;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Floats as they wait in memory come back with every bit. */
class PackedFloatsTest {
    private static final float[] ODD = {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, -1f, 1 / 3f};

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 255, 256, 257, 3000})
    void everyBitComesBackHoweverManyNumbersOccur(int different) throws IOException {
        float[] rows = new float[6000];
        Random64 random = new Random64(different);
        for (int i = 0; i < rows.length; i++) {
            int which = i < different ? i : random.nextInt(different);
            rows[i] = which < ODD.length ? ODD[which] : which / 7f;
        }
        float[] back = new float[rows.length];
        PackedFloats chunk = PackedFloats.of(rows, rows.length);
        for (int i = 0; i < rows.length; i += 30) chunk.copy(i, 30, back, i);
        assertArrayEquals(bits(rows), bits(back));
        assertEquals(different <= 256, size(chunk) < 2 * rows.length, "bytes " + size(chunk));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 82, 83, 84, 250})
    void aBlockOfAnyLengthGivesItsRowsBackAndTakesMoreAfterATrim(int rows) {
        int width = 784; // 83 rows a chunk
        RowSchema schema = new RowSchema(new Shape(width), FeatureKind.FLOATS, TargetKind.VALUES, 1);
        Block first = new Block(schema), second = new Block(schema);
        for (int i = 0; i < rows; i++) first.add(buffer(schema, i), false);
        first.trim();
        for (int i = rows; i < rows + 5; i++) first.add(buffer(schema, i), false);
        for (int i = 0; i < rows; i++) second.add(first, i, 1);
        second.trim();
        second.addAll(first);
        assertEquals(2 * rows + 5, second.rows());
        InputScaler plain = new InputScaler(new ModelSpec(
                schema.shape(), Normalization.NONE, new Sequential(List.of(new Dense(1))), new SquaredError(), 1));
        float[] x = new float[3 * width], target = new float[3];
        for (int i = 0; i < second.rows(); i++) {
            second.copy(i, plain, 2, x, target);
            int wanted = i < rows ? i : i - rows;
            assertEquals(wanted, target[2]);
            for (int j = 0; j < width; j++) assertEquals(row(width, wanted)[j], x[2 * width + j]);
        }
        assertTrue(x[0] == 0 && x[width] == 0, "other rows are left alone");
    }

    /** Even rows have few different numbers, odd ones many. */
    private static float[] row(int width, int row) {
        float[] values = new float[width];
        for (int j = 0; j < width; j++) values[j] = row % 2 == 0 ? (row + j) % 9 : row + j / 1000f;
        return values;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) bits[i] = Float.floatToRawIntBits(values[i]);
        return bits;
    }

    private static int size(PackedFloats chunk) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(chunk);
        }
        return bytes.size();
    }

    private static RowBuffer buffer(RowSchema schema, int i) {
        RowBuffer buffer = new RowBuffer(schema);
        buffer.values = row(schema.shape().size(), i);
        buffer.targets[0] = i;
        return buffer;
    }
}
