package io.firesteel.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;

/** {@code --set path=value} on the tree of a run file: {@code optimizer.momentum=0.8}, {@code model[3].units=100}. */
final class RunOverrides {
    private RunOverrides() {}

    static JsonNode apply(JsonNode root, String override) {
        int equals = override.indexOf('=');
        if (equals <= 0)
            throw new SpecException("--set " + override + ": wanted path=value, as in optimizer.momentum=0.8");
        String[] path =
                override.substring(0, equals).replace("[", ".").replace("]", "").split("\\.");
        JsonNode node = root;
        for (int i = 0; i < path.length - 1; i++) {
            JsonNode next = child(node, path[i], override);
            if (next.isTextual())
                next = put(
                        node, path[i], JsonNodeFactory.instance.objectNode().put("type", next.textValue()), override);
            else if (next.isMissingNode() || next.isNull())
                next = put(node, path[i], JsonNodeFactory.instance.objectNode(), override);
            node = next;
        }
        put(node, path[path.length - 1], value(override.substring(equals + 1)), override);
        return root;
    }

    private static JsonNode child(JsonNode node, String key, String override) {
        return node instanceof ArrayNode array ? array.get(index(array, key, override)) : node.path(key);
    }

    private static JsonNode put(JsonNode node, String key, JsonNode value, String override) {
        if (node instanceof ArrayNode array) array.set(index(array, key, override), value);
        else if (node instanceof ObjectNode object) object.set(key, value);
        else
            throw new SpecException(
                    "--set " + override + ": \"" + key + "\" would stand inside " + node + ", which has no keys");
        return value;
    }

    private static int index(ArrayNode array, String key, String override) {
        try {
            int index = Integer.parseInt(key);
            if (index >= 0 && index < array.size()) return index;
        } catch (NumberFormatException e) {
            // said below
        }
        throw new SpecException("--set " + override + ": found \"" + key + "\", wanted a place 0.." + (array.size() - 1)
                + " of a list");
    }

    /** JSON where it is JSON, else text. */
    private static JsonNode value(String text) {
        try {
            return Specs.parse("", text);
        } catch (SpecException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
