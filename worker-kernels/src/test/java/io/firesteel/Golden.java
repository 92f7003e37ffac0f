package io.firesteel;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What PyTorch computed: one file a case, written by make_golden.py, refused when the script is another by now. */
public record Golden(String name, JsonNode content) {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final Path SCRIPT = Path.of("src/test/golden/make_golden.py");
    private static final String MAKE = "; run: python3 worker-kernels/" + SCRIPT + " (needs numpy and torch)";

    /** The cases of {@code kind}: layer, loss, optimizer or model. */
    public static Stream<Golden> cases(String kind) {
        return cases(kind, FOLDER, SCRIPT);
    }

    static Stream<Golden> cases(String kind, Path folder, Path script) {
        JsonNode index = read(folder, "index");
        if (!index.path("script").asText().equals(sha256(script)))
            throw new IllegalStateException("golden/index.json is not of this make_golden.py" + MAKE);
        return StreamSupport.stream(index.path("cases").path(kind).spliterator(), false)
                .map(JsonNode::asText)
                .map(name -> new Golden(name, read(folder, name)));
    }

    private static JsonNode read(Path folder, String name) {
        Path file = folder.resolve(name + ".json");
        if (!Files.exists(file)) throw new IllegalStateException("golden/" + file.getFileName() + " is missing" + MAKE);
        try {
            return Specs.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The specification under {@code key}. */
    public <T> T spec(String key, Class<T> type) {
        return Specs.read(name + "." + key, get(key), type);
    }

    public int integer(String key) {
        return get(key).intValue();
    }

    public double number(String key) {
        return get(key).doubleValue();
    }

    public float[] floats(String key) {
        return floats(get(key));
    }

    /** A list of arrays. */
    public List<float[]> series(String key) {
        return StreamSupport.stream(get(key).spliterator(), false)
                .map(Golden::floats)
                .toList();
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = list.get(i).floatValue();
        return values;
    }

    private JsonNode get(String key) {
        JsonNode value = content.get(key);
        if (value == null) throw new IllegalStateException("golden/" + name + ".json has no \"" + key + "\"" + MAKE);
        return value;
    }

    @Override
    public String toString() {
        return name;
    }
}
