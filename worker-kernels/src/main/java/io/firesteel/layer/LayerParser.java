package io.firesteel.layer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.array.Shape;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network as a line of text: {@code "28x28x1 -> conv2d(20, 5) relu maxpool2d(2) flatten -> dense(500, init=Xavier)
 * relu -> dense(10)"}. Layer names are not case-sensitive; in parentheses come the layer's settings in the order of the
 * run file's keys, or as {@code key=value}. Layers inside a layer are such a line, and a bar stands between two lists
 * of them: {@code residual(conv2d(8, 3, padding=same) relu | conv2d(8, 1))}. Arrows only help the reader; the text may
 * begin with the shape of the input.
 *
 * @param input null where the text does not give it
 */
public record LayerParser(Shape input, List<Layer> layers) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SHAPE = Pattern.compile("\\s*(\\d+(?:x\\d+)*)\\s*(?:->|$)");
    private static final Pattern NAME = Pattern.compile("(\\w+)\\s*");
    private static final Pattern SETTINGS = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern BETWEEN = Pattern.compile("((?:\\s|->)*)");

    /**
     * Reads the line, or a JSON list of layers as in a run file; throws {@link SpecException} that says what there is.
     */
    public static LayerParser parse(String text) {
        if (text.stripLeading().startsWith("[")) return new LayerParser(null, list(text, Specs.parse("layers", text)));
        Cursor cursor = new Cursor(text);
        String shape = cursor.take(SHAPE);
        List<Layer> layers = layers(cursor);
        if (cursor.at < text.length()) throw cursor.unread();
        if (layers.isEmpty())
            throw new SpecException("layers: \"" + text + "\" names no layer; wanted as in \"784 -> dense(10)\"");
        return new LayerParser(shape == null ? null : Shape.parse(shape), layers);
    }

    private static List<Layer> list(String text, JsonNode tree) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) layers.add(Specs.read("layers[" + i + "]", tree.get(i), Layer.class));
        if (layers.isEmpty()) throw new SpecException("layers: " + text + " names no layer");
        return layers;
    }

    /** Up to the end, or to what is no layer. */
    private static List<Layer> layers(Cursor text) {
        List<Layer> layers = new ArrayList<>();
        text.take(BETWEEN);
        for (String name = text.take(NAME); name != null; name = text.take(NAME)) {
            layers.add(layer(name, text));
            text.take(BETWEEN);
        }
        return layers;
    }

    private static Layer layer(String name, Cursor text) {
        Class<?> kind = Specs.kinds(Layer.class).stream()
                .filter(each -> each.getSimpleName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new SpecException(
                        "layers: unknown layer \"" + name + "\"; there is " + Specs.names(Layer.class)));
        ObjectNode tree = JSON.createObjectNode().put("type", kind.getSimpleName());
        RecordComponent[] keys = kind.getRecordComponents();
        if (keys.length > 0 && keys[0].getType() == List.class) readLists(keys, text, tree);
        else readSettings(name, keys, text.take(SETTINGS), tree);
        return Specs.read("layers: " + name, tree, Layer.class);
    }

    /** The keys of a layer that is made of layers. */
    private static void readLists(RecordComponent[] keys, Cursor text, ObjectNode tree) {
        char before = '(';
        for (RecordComponent key : keys) {
            if (!text.take(before)) break;
            List<Layer> inside = layers(text);
            if (inside.isEmpty()) throw text.unread();
            tree.set(key.getName(), Specs.write(inside));
            before = '|';
        }
        if (before == '|' && !text.take(')')) throw text.unread();
    }

    private static void readSettings(String name, RecordComponent[] keys, String given, ObjectNode tree) {
        String[] values = given == null || given.isBlank() ? new String[0] : given.split(",");
        if (values.length > keys.length)
            throw new SpecException("layers: " + name + "(" + given + ") has " + values.length + " values; it takes "
                    + Arrays.stream(keys).map(RecordComponent::getName).toList());
        for (int i = 0; i < values.length; i++) {
            String[] pair = values[i].split("=", 2);
            tree.set(pair.length == 2 ? pair[0].strip() : keys[i].getName(), value(pair[pair.length - 1].strip()));
        }
    }

    /** A number, true or false as such; anything else is text. */
    private static JsonNode value(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    /** A text, and up to where it is read. */
    private static final class Cursor {
        final String text;
        int at;

        Cursor(String text) {
            this.text = text;
        }

        /** Goes behind the character; false where another comes next. */
        boolean take(char next) {
            if (at == text.length() || text.charAt(at) != next) return false;
            at++;
            return true;
        }

        /** Goes behind the pattern, and gives its group; null where the pattern does not come next. */
        String take(Pattern pattern) {
            Matcher next = pattern.matcher(text).region(at, text.length());
            if (!next.lookingAt()) return null;
            at = next.end();
            return next.group(1);
        }

        SpecException unread() {
            String rest = text.substring(at);
            return new SpecException(
                    rest.isEmpty()
                            ? "layers: \"" + text + "\" ends inside parentheses; add \")\""
                            : "layers: cannot read \"" + rest
                                    + "\"; wanted as in \"dense(256) relu\" or \"residual(dense(8) relu)\"");
        }
    }
}
