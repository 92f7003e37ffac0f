package io.firesteel.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Parameters as a safetensors file: eight bytes of header length, a JSON header that names every slice with its shape
 * and bytes, then the flat vector as little-endian float32. Python reads it with the safetensors package, or numpy
 * alone.
 */
public final class WeightsFile {
    private static final int CHUNK = 1 << 16; // floats copied at a time

    private WeightsFile() {}

    /** Writes every slice of {@code params}; does not close. */
    public static void write(ParamLayout layout, float[] params, OutputStream out) throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.putObject("__metadata__").put("format", "pt");
        for (ParamSlice param : layout.params())
            if (header.replace(param.name(), entry(param)) != null)
                throw new IllegalArgumentException("two tensors are called " + param.name() + "; one would be lost");
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8; // the data starts aligned; the format allows trailing spaces
        ByteBuffer head = ByteBuffer.allocate(8 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put(text);
        while (head.hasRemaining()) head.put((byte) ' ');
        out.write(head.array());
        bytes(params, layout.size(), out::write);
    }

    /**
     * Reads what {@link #write} wrote; names and shapes must be those of {@code layout}. {@code place} opens every
     * message.
     */
    public static float[] read(String place, ParamLayout layout, InputStream in) throws IOException {
        JsonNode header = Safetensors.header(place, in);
        for (ParamSlice param : layout.params()) {
            JsonNode found = header.path(param.name()), wanted = entry(param);
            if (!found.equals(Specs.parse(place, wanted.toString())))
                throw new SpecException(place + ": " + param.name() + " is "
                        + (found.isMissingNode() ? "missing" : found) + ", the model wants " + wanted);
        }
        float[] params = new float[layout.size()];
        byte[] chunk = new byte[4 * CHUNK];
        for (int at = 0; at < params.length; at += CHUNK) {
            int count = Math.min(CHUNK, params.length - at);
            if (in.readNBytes(chunk, 0, 4 * count) < 4 * count)
                throw new SpecException(place + ": ends before its " + params.length + " numbers; copy the file again");
            ByteBuffer.wrap(chunk)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(params, at, count);
        }
        if (in.read() >= 0) throw new SpecException(place + ": has bytes after its " + params.length + " numbers");
        return params;
    }

    /** Throws unless every number is finite; {@code place} opens the message. */
    public static void finite(String place, ParamLayout layout, float[] params) {
        for (ParamSlice param : layout.params())
            for (int i = param.offset(); i < param.end(); i++)
                if (!Float.isFinite(params[i]))
                    throw new SpecException(place + ": number " + (i - param.offset()) + " of " + param.name() + " is "
                            + params[i] + ", wanted a finite number; take weights of a training that did not diverge");
    }

    /** SHA-256 over the little-endian float32 bytes of the vector, in hex. */
    public static String sha256(float[] params) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            bytes(params, params.length, digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Sink {
        void accept(byte[] bytes, int offset, int length) throws IOException;
    }

    private static void bytes(float[] params, int size, Sink sink) throws IOException {
        byte[] chunk = new byte[4 * CHUNK];
        for (int at = 0; at < size; at += CHUNK) {
            int count = Math.min(CHUNK, size - at);
            ByteBuffer.wrap(chunk)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(params, at, count);
            sink.accept(chunk, 0, 4 * count);
        }
    }

    private static ObjectNode entry(ParamSlice param) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("dtype", "F32");
        var shape = entry.putArray("shape");
        for (int dim : param.shape().dims()) shape.add(dim);
        entry.putArray("data_offsets").add(4L * param.offset()).add(4L * param.end());
        return entry;
    }
}
