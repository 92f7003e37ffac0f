package io.firesteel.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.firesteel.array.Init;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Sequential;
import io.firesteel.op.Binder;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsFileTest {
    private static final ParamLayout LAYOUT = layout(new Sequential(new Conv2d(3, 2), new Flatten(), new Dense(4)));

    private static ParamLayout layout(Sequential net) {
        Binder binder = new Binder(0);
        net.bind(new Shape(4, 5, 2), binder);
        return binder.layout();
    }

    @Test
    void everyBitComesBack() throws IOException {
        float[] params = LAYOUT.init(1);
        params[0] = Float.MIN_VALUE;
        params[1] = -0f;
        params[2] = Float.intBitsToFloat(0x7fc01234); // a NaN with a payload
        params[3] = Float.NEGATIVE_INFINITY;
        float[] again = read(written(LAYOUT, params));
        for (int i = 0; i < params.length; i++)
            assertEquals(Float.floatToRawIntBits(params[i]), Float.floatToRawIntBits(again[i]), "number " + i);
    }

    @Test
    void twoTensorsOfOneNameAreRefused() {
        Init zeros = new Init.Zeros();
        ParamLayout layout = new ParamLayout(List.of(
                new ParamSlice("0.weight", 0, new Shape(2), ParamSlice.Role.WEIGHT, zeros, 1, 1),
                new ParamSlice("0.weight", 2, new Shape(2), ParamSlice.Role.WEIGHT, zeros, 1, 1)));
        assertEquals(
                "two tensors are called 0.weight; one would be lost",
                assertThrows(IllegalArgumentException.class, () -> written(layout, new float[4]))
                        .getMessage());
    }

    @Test
    void aFileOfManyChunksComesBack() throws IOException {
        ParamLayout large = layout(new Sequential(new Flatten(), new Dense(5000))); // 205,000 numbers
        float[] params = large.init(2);
        assertArrayEquals(params, WeightsFile.read("w", large, new ByteArrayInputStream(written(large, params))));
    }

    @Test
    void theFileIsASafetensorsFile() throws IOException {
        float[] params = LAYOUT.init(1);
        byte[] file = written(LAYOUT, params);
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        assertEquals(0, length % 8, "the data starts aligned");
        String text = new String(file, 8, length, StandardCharsets.UTF_8);
        assertEquals('{', text.charAt(0));
        JsonNode header = Specs.parse("header", text);
        assertEquals("{\"format\":\"pt\"}", header.get("__metadata__").toString());
        assertEquals(
                "{\"dtype\":\"F32\",\"shape\":[2,2,2,3],\"data_offsets\":[0,96]}",
                header.get("0-Conv2d/w").toString());
        assertEquals(
                "{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[96,108]}",
                header.get("0-Conv2d/b").toString());
        assertEquals(
                "{\"dtype\":\"F32\",\"shape\":[36,4],\"data_offsets\":[108,684]}",
                header.get("2-Dense/w").toString());
        assertEquals(
                "{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[684,700]}",
                header.get("2-Dense/b").toString());
        assertEquals(LAYOUT.params().size() + 1, header.size());
        assertEquals(8 + length + 700, file.length);
        for (ParamSlice param : LAYOUT.params()) {
            int at = 8
                    + length
                    + header.get(param.name()).get("data_offsets").get(0).intValue();
            for (int i = 0; i < param.shape().size(); i++)
                assertEquals(params[param.offset() + i], bytes.getFloat(at + 4 * i), param.name());
        }
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() throws IOException {
        byte[] file = written(LAYOUT, LAYOUT.init(1));
        int data = file.length - 700;
        for (int end : new int[] {0, 7})
            assertEquals(
                    "w: header of 0 bytes, wanted 1 to 16777216; not a safetensors file?", refusal(cut(file, end)));
        for (int end : new int[] {8, 9, data - 1})
            assertEquals("w: ends inside its header; copy the file again", refusal(cut(file, end)));
        for (int end : new int[] {data, data + 1, file.length - 1})
            assertEquals("w: ends before its 175 numbers; copy the file again", refusal(cut(file, end)));
    }

    @Test
    void aFileThatIsTooLongIsRefused() throws IOException {
        byte[] file = written(LAYOUT, LAYOUT.init(1));
        assertEquals("w: has bytes after its 175 numbers", refusal(cut(file, file.length + 1)));
    }

    @Test
    void weightsOfAnotherModelAreRefused() throws IOException {
        byte[] renamed = written(layout(new Sequential(new Flatten(), new Dense(4))), new float[164]);
        assertEquals(
                "w: 0-Conv2d/w is missing, the model wants "
                        + "{\"dtype\":\"F32\",\"shape\":[2,2,2,3],\"data_offsets\":[0,96]}",
                refusal(renamed));
        ParamLayout other = layout(new Sequential(new Conv2d(2, 2), new Flatten(), new Dense(4)));
        assertEquals(
                "w: 0-Conv2d/w is {\"dtype\":\"F32\",\"shape\":[2,2,2,2],\"data_offsets\":[0,64]}, "
                        + "the model wants {\"dtype\":\"F32\",\"shape\":[2,2,2,3],\"data_offsets\":[0,96]}",
                refusal(written(other, other.init(1))));
    }

    @Test
    void aHeaderThatIsNotJsonIsRefused() {
        byte[] file = ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(24)
                .put("{\"a\": nonsense}         ".getBytes(StandardCharsets.UTF_8))
                .array();
        assertTrue(refusal(file).startsWith("w line 1: not JSON: Unrecognized token 'nonsense'"), refusal(file));
    }

    @Test
    void aClaimedHeaderTakesNoMemoryBeforeItsBytesArrive() {
        for (long claim : new long[] {Long.MAX_VALUE, -1, 1L << 32, (16 << 20) + 1, 16 << 20}) {
            byte[] file = ByteBuffer.allocate(64)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(claim)
                    .array();
            String wanted = claim == 16 << 20
                    ? "w: ends inside its header; copy the file again"
                    : "w: header of " + claim + " bytes, wanted 1 to 16777216; not a safetensors file?";
            ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = thread.getCurrentThreadAllocatedBytes();
            String found = refusal(file);
            long taken = thread.getCurrentThreadAllocatedBytes() - before;
            assertEquals(wanted, found);
            assertTrue(taken < 1 << 20, taken + " bytes for a claim of " + claim);
        }
    }

    @Test
    void theHashIsOverTheLittleEndianBytes() {
        assertEquals(
                "4de262664b53111d1ad28cbbc7202cf34e0b2e662d34cf6828c73e5939f4b217", // hashlib.sha256(struct.pack("<3f",
                // 1, -2.5, 1e-40))
                WeightsFile.sha256(new float[] {1, -2.5f, 1e-40f}));
    }

    private static byte[] written(ParamLayout layout, float[] params) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WeightsFile.write(layout, params, out);
        return out.toByteArray();
    }

    private static byte[] cut(byte[] file, int end) {
        return Arrays.copyOf(file, end);
    }

    private static float[] read(byte[] file) throws IOException {
        return WeightsFile.read("w", LAYOUT, new ByteArrayInputStream(file));
    }

    private static String refusal(byte[] file) {
        return assertThrows(SpecException.class, () -> read(file)).getMessage();
    }
}
