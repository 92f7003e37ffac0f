package io.firesteel.internal.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.metric.Sums;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

class FloatSliceTest {
    @Test
    void bothSerializersOfSparkKeepEveryBit() {
        for (Serializer serializer :
                new Serializer[] {new JavaSerializer(new SparkConf()), new KryoSerializer(new SparkConf())}) {
            for (int size : new int[] {0, 1, 65_536, 200_001}) {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) values[i] = Float.intBitsToFloat(i * 40_503 ^ i << 9);
                Sums sums = new Sums(2);
                sums.lossSum = 1.5;
                sums.rows = 4;
                sums.slots[1] = 2;
                GradientSum back =
                        trip(serializer, new GradientSum(3, 4, new FloatSlice(values), sums, new double[] {7}));
                assertArrayEquals(bits(values), bits(back.gradient()));
                assertEquals(3, back.from);
                assertEquals(1.5, back.sums.lossSum);
                assertEquals(4, back.sums.rows);
                assertArrayEquals(sums.slots, back.sums.slots);
                assertArrayEquals(new double[] {7}, back.squares);
            }
        }
    }

    @Test
    void theWireFormIsHardlyLargerThanTheFloats() {
        ByteBuffer bytes = new JavaSerializer(new SparkConf())
                .newInstance()
                .serialize(new FloatSlice(new float[100_000]), ClassTag$.MODULE$.apply(FloatSlice.class));
        assertEquals(400_000, bytes.remaining(), 3_000);
    }

    @Test
    void aLengthThatNobodyCanMeanTakesNoMemory() throws Exception {
        var in = new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(header(Integer.MAX_VALUE)));
        assertThrows(java.io.IOException.class, () -> new FloatSlice().readExternal(in));
    }

    private static byte[] header(int length) throws java.io.IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.io.ObjectOutputStream(bytes)) {
            out.writeInt(length);
        }
        return bytes.toByteArray();
    }

    private static GradientSum trip(Serializer serializer, GradientSum partial) {
        var tag = ClassTag$.MODULE$.<GradientSum>apply(GradientSum.class);
        return serializer.newInstance().deserialize(serializer.newInstance().serialize(partial, tag), tag);
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }
}
