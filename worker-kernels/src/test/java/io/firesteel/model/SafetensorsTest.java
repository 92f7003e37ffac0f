package io.firesteel.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.model.Safetensors.Tensor;
import io.firesteel.spec.SpecException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
    private static final String HEADER = """
      {"half":{"dtype":"F16","shape":[2,3],"data_offsets":[0,12]},\
      "count":{"dtype":"I64","shape":[],"data_offsets":[12,20]},\
      "brain":{"dtype":"BF16","shape":[2],"data_offsets":[20,24]},"__metadata__":{"a":"b"}}""";

    @Test
    void numbersOfEveryFloatingPointTypeAreRead() throws IOException {
        Map<String, Tensor> tensors = Safetensors.read("w", new ByteArrayInputStream(file(HEADER)));
        assertEquals("[half, count, brain]", tensors.keySet().toString());
        assertEquals(List.of(2, 3), tensors.get("half").shape());
        // numpy.frombuffer(numpy.uint16([0x3c00, 0xc000, 1, 0x7bff, 0xfc00, 0x3555]), numpy.float16)
        assertArrayEquals(
                new float[] {1, -2, 5.9604645e-8f, 65504, Float.NEGATIVE_INFINITY, 0.33325195f},
                tensors.get("half").values());
        assertArrayEquals(new float[] {1, -3.140625f}, tensors.get("brain").values());
        assertEquals(List.of(), tensors.get("count").shape());
        assertNull(tensors.get("count").values());
    }

    @Test
    void sizesAreBelievedNoFurtherThanTheirBytes() {
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,24]}}", "do not fit");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,24]}}", "do not fit");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[24,0]}}", "do not fit");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[6]}}", "do not fit");
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}", "ends inside a");
        assertRefused("{\"a\":7}", "do not fit");
    }

    private static void assertRefused(String header, String message) {
        String found = assertThrows(
                        SpecException.class, () -> Safetensors.read("w", new ByteArrayInputStream(file(header))))
                .getMessage();
        assertTrue(found.startsWith("w: a is ") || found.startsWith("w: ends"), found);
        assertTrue(found.contains(message), found);
    }

    private static byte[] file(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + 24).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        for (int half : new int[] {0x3c00, 0xc000, 1, 0x7bff, 0xfc00, 0x3555}) file.putShort((short) half);
        return file.putLong(3).putShort((short) 0x3f80).putShort((short) 0xc049).array();
    }
}
