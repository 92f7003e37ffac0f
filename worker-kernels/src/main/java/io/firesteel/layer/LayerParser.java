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
 * run file's keys, or as {@code key=value}. Arrows only help the reader; the text may begin with the shape of the
 * input.
 *
 * @param input null where the text does not give it
 */
public record LayerParser(Shape input, List<Layer> layers) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SHAPE = Pattern.compile("\\s*(\\d+(?:x\\d+)*)\\s*(?:->|$)");
    private static final Pattern LAYER = Pattern.compile("(?:\\s|->)*(\\w+)\\s*(?:\\(([^()]*)\\))?(?:\\s|->)*");

    /**
     * Reads the line, or a JSON list of layers as in a run file; throws {@link SpecException} that says what there is.
     */
    public static LayerParser parse(String text) {
        if (text.stripLeading().startsWith("[")) return new LayerParser(null, list(text, Specs.parse("layers", text)));
        Matcher shape = SHAPE.matcher(text), layer = LAYER.matcher(text);
        int at = shape.lookingAt() ? shape.end() : 0;
        List<Layer> layers = new ArrayList<>();
        for (; at < text.length(); at = layer.end()) {
            if (!layer.find(at) || layer.start() != at)
                throw new SpecException(
                        "layers: cannot read \"" + text.substring(at) + "\"; wanted as in \"dense(256) relu\"");
            layers.add(layer(layer.group(1), layer.group(2)));
        }
        if (layers.isEmpty())
            throw new SpecException("layers: \"" + text + "\" names no layer; wanted as in \"784 -> dense(10)\"");
        return new LayerParser(at > 0 && shape.lookingAt() ? Shape.parse(shape.group(1)) : null, layers);
    }

    private static List<Layer> list(String text, JsonNode tree) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) layers.add(Specs.read("layers[" + i + "]", tree.get(i), Layer.class));
        if (layers.isEmpty()) throw new SpecException("layers: " + text + " names no layer");
        return layers;
    }

    private static Layer layer(String name, String given) {
        Class<?> kind = Specs.kinds(Layer.class).stream()
                .filter(each -> each.getSimpleName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new SpecException(
                        "layers: unknown layer \"" + name + "\"; there is " + Specs.names(Layer.class)));
        ObjectNode tree = JSON.createObjectNode().put("type", kind.getSimpleName());
        RecordComponent[] keys = kind.getRecordComponents();
        String[] values = given == null || given.isBlank() ? new String[0] : given.split(",");
        if (values.length > keys.length)
            throw new SpecException("layers: " + name + "(" + given + ") has " + values.length + " values; it takes "
                    + Arrays.stream(keys).map(RecordComponent::getName).toList());
        for (int i = 0; i < values.length; i++) {
            String[] pair = values[i].split("=", 2);
            tree.set(pair.length == 2 ? pair[0].strip() : keys[i].getName(), value(pair[pair.length - 1].strip()));
        }
        return Specs.read("layers: " + name, tree, Layer.class);
    }

    /** A number, true or false as such; anything else is text. */
    private static JsonNode value(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
