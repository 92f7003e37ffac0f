package io.firesteel.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file of anybody's: eight bytes of header length, a JSON header that names every tensor with its type,
 * shape and bytes, then the bytes. Sizes are believed no further than the bytes that arrive.
 */
public final class Safetensors {
    private static final int MAX_HEADER = 16 << 20;
    private static final int HALF_MANTISSA = 10, HALF_BIAS = 15;

    private Safetensors() {}

    /**
     * One tensor.
     *
     * @param shape its sizes; none for a single number
     * @param values row-major; null where the numbers are not floating-point ones
     */
    public record Tensor(String type, List<Integer> shape, float[] values) {}

    /** Reads the header alone; {@code place} opens every message. */
    static JsonNode header(String place, InputStream in) throws IOException {
        byte[] start = in.readNBytes(8);
        long length = start.length < 8
                ? 0
                : ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length <= 0 || length > MAX_HEADER)
            throw new SpecException(place + ": header of " + length + " bytes, wanted 1 to " + MAX_HEADER
                    + "; not a safetensors file?");
        byte[] text = in.readNBytes((int) length); // grows as bytes arrive
        if (text.length < length) throw new SpecException(place + ": ends inside its header; copy the file again");
        return Specs.parse(place, new String(text, StandardCharsets.UTF_8));
    }

    /** Reads every tensor by name, in the order of the bytes; F64, F16 and BF16 become float32. */
    public static Map<String, Tensor> read(String place, InputStream in) throws IOException {
        JsonNode header = header(place, in);
        List<String> names = new ArrayList<>();
        header.fieldNames().forEachRemaining(names::add);
        names.remove("__metadata__");
        for (String name : names) check(place, name, header.get(name));
        names.sort(Comparator.comparingLong(
                        (String name) -> header.get(name).at("/data_offsets/0").longValue())
                .thenComparing(name -> header.get(name).at("/data_offsets/1").longValue()));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long at = 0;
        for (String name : names) {
            JsonNode entry = header.get(name);
            long from = entry.at("/data_offsets/0").longValue(),
                    to = entry.at("/data_offsets/1").longValue();
            if (from != at)
                throw new SpecException(place + ": " + name + " starts at byte " + from + ", wanted " + at
                        + ", where the tensor before it ends; write the file again");
            byte[] bytes = in.readNBytes((int) (to - from)); // grows as bytes arrive
            if (bytes.length < to - from)
                throw new SpecException(place + ": ends inside " + name + "; copy the file again");
            tensors.put(name, tensor(entry, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
            at = to;
        }
        if (in.read() >= 0)
            throw new SpecException(place + ": has bytes after its last tensor, at byte " + at
                    + " of the data; write the file again, or copy it again");
        return tensors;
    }

    /** Checks that type, shape and bytes fit each other. */
    private static void check(String place, String name, JsonNode entry) {
        JsonNode shape = entry.path("shape"), offsets = entry.path("data_offsets");
        long count = 1;
        boolean good = entry.path("dtype").isTextual() && shape.isArray() && offsets.size() == 2;
        for (JsonNode dim : shape) {
            good &= dim.canConvertToInt() && dim.intValue() >= 0;
            count = good ? Math.min(Integer.MAX_VALUE + 1L, count * dim.intValue()) : 0;
        }
        long bytes = good ? offsets.get(1).asLong() - offsets.get(0).asLong() : -1;
        int width = width(entry.path("dtype").asText());
        if (bytes < 0 || bytes > Integer.MAX_VALUE - 8 || width > 0 && bytes != width * count)
            throw new SpecException(
                    place + ": " + name + " is " + entry + ", whose shape and bytes do not fit; write the file again");
    }

    /** Bytes of a floating-point number; 0 for other types. */
    private static int width(String type) {
        return switch (type) {
            case "F64" -> 8;
            case "F32" -> 4;
            case "F16", "BF16" -> 2;
            default -> 0;
        };
    }

    private static Tensor tensor(JsonNode entry, ByteBuffer bytes) {
        String type = entry.get("dtype").textValue();
        List<Integer> shape = new ArrayList<>();
        entry.get("shape").forEach(dim -> shape.add(dim.intValue()));
        if (width(type) == 0) return new Tensor(type, shape, null);
        float[] values = new float[bytes.remaining() / width(type)];
        for (int i = 0; i < values.length; i++)
            values[i] = switch (type) {
                case "F64" -> (float) bytes.getDouble();
                case "F32" -> bytes.getFloat();
                case "BF16" -> Float.intBitsToFloat(bytes.getShort() << 16);
                default -> half(bytes.getShort());
            };
        return new Tensor(type, shape, values);
    }

    /** IEEE 754 binary16. */
    private static float half(short bits) {
        int exponent = bits >> HALF_MANTISSA & 0x1f, mantissa = bits & 0x3ff;
        float size = exponent == 0x1f
                ? mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : exponent == 0
                        ? Math.scalb(mantissa, 1 - HALF_BIAS - HALF_MANTISSA)
                        : Math.scalb(mantissa | 0x400, exponent - HALF_BIAS - HALF_MANTISSA);
        return bits < 0 ? -size : size;
    }
}
