package io.firesteel.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Records to JSON and back.
 *
 * <p>A record is an object with one key per component. A member of a sealed family adds {@code "type"}, its simple
 * name; if all other keys have defaults, the name alone is enough ({@code "Relu"}). A class with a static
 * {@code parse(String)} is written as its {@code toString()}. Numbers, booleans, strings, enums, lists and maps are
 * written as such.
 */
public final class Specs {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Specs() {}

    /** JSON text as a tree; {@code path} starts the message if it is not JSON. */
    public static JsonNode parse(String path, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            String reason =
                    e.getOriginalMessage().replaceFirst("(?s) \\(start marker at .*", ""); // the line is given already
            throw new SpecException(path + where + ": not JSON: " + reason, e);
        }
    }

    /** Pretty JSON of a record, a list or a tree. */
    public static String text(Object spec) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(write(spec)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tree of a record, a list or a value. */
    public static JsonNode write(Object value) {
        JsonNodeFactory nodes = JSON.getNodeFactory();
        if (value == null) return nodes.nullNode();
        if (value instanceof JsonNode tree) return tree;
        if (value instanceof List<?> list) {
            ArrayNode array = nodes.arrayNode();
            list.forEach(each -> array.add(write(each)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = nodes.objectNode();
            map.forEach((key, each) -> object.set((String) key, write(each)));
            return object;
        }
        if (value instanceof Number || value instanceof Boolean) return JSON.valueToTree(value);
        if (!(value instanceof Record) || parser(value.getClass()) != null) return nodes.textNode(value.toString());
        ObjectNode object = nodes.objectNode();
        if (family(value.getClass()) != null) object.put("type", name(value.getClass()));
        for (RecordComponent component : value.getClass().getRecordComponents())
            object.set(component.getName(), write(get(component, value)));
        return object;
    }

    /** A number's node; null if it is not finite, since JSON cannot express that. */
    public static JsonNode number(double value) {
        return Double.isFinite(value)
                ? JSON.getNodeFactory().numberNode(value)
                : JSON.getNodeFactory().nullNode();
    }

    /** Reads {@code type} from a tree; {@code path}, which may be empty, starts every message. */
    public static <T> T read(String path, JsonNode tree, Class<T> type) {
        return type.cast(any(path, tree, type));
    }

    /** The names that a sealed family accepts, in the order of its permits clause. */
    public static List<String> names(Class<?> family) {
        return kinds(family).stream().map(Specs::name).toList();
    }

    /** The name of a record in JSON: its {@link JsonName} if present, else its simple name. */
    public static String name(Class<?> record) {
        JsonName given = record.getAnnotation(JsonName.class);
        return given == null ? record.getSimpleName() : given.value();
    }

    /** The records of a sealed family, in the order of its permits clause. */
    public static List<Class<?>> kinds(Class<?> family) {
        List<Class<?>> kinds = new ArrayList<>();
        for (Class<?> kind : family.getPermittedSubclasses()) {
            if (kind.isSealed()) kinds.addAll(kinds(kind));
            else kinds.add(kind);
        }
        return kinds;
    }

    private static Object any(String path, JsonNode tree, Type type) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class)
            return map(path, tree, map.getActualTypeArguments()[1]);
        if (type instanceof ParameterizedType list) return list(path, tree, list.getActualTypeArguments()[0]);
        Class<?> target = (Class<?>) type;
        if (target == JsonNode.class) return tree;
        if (target == String.class)
            return check(tree.isTextual(), path, tree, describe(type)).textValue();
        if (target == boolean.class)
            return check(tree.isBoolean(), path, tree, describe(type)).booleanValue();
        if (target == int.class || target == Integer.class)
            return check(tree.isIntegralNumber() && tree.canConvertToInt(), path, tree, describe(type))
                    .intValue();
        if (target == long.class || target == Long.class)
            return check(tree.isIntegralNumber() && tree.canConvertToLong(), path, tree, describe(type))
                    .longValue();
        if (target == double.class || target == Double.class)
            return check(tree.isNumber() && Double.isFinite(tree.doubleValue()), path, tree, describe(type))
                    .doubleValue();
        if (target == float.class)
            return check(tree.isNumber() && Float.isFinite(tree.floatValue()), path, tree, describe(type))
                    .floatValue();
        if (target.isEnum()) return constant(path, tree, target);
        if (parser(target) != null) return parsed(path, tree, target);
        return target.isSealed() ? member(path, tree, target) : record(path, tree, target);
    }

    private static List<Object> list(String path, JsonNode tree, Type element) {
        check(tree.isArray(), path, tree, "a list [...]");
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) values.add(any(path + "[" + i + "]", tree.get(i), element));
        return List.copyOf(values);
    }

    /** In the order of the keys, so that equal maps are written alike. */
    private static Map<String, Object> map(String path, JsonNode tree, Type element) {
        check(tree.isObject(), path, tree, "an object {...}");
        Map<String, Object> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : tree.properties())
            values.put(field.getKey(), any(child(path, field.getKey()), field.getValue(), element));
        return Collections.unmodifiableMap(values);
    }

    private static Object constant(String path, JsonNode tree, Class<?> type) {
        for (Object constant : type.getEnumConstants()) if (constant.toString().equals(tree.asText())) return constant;
        throw mismatch(path, tree, describe(type));
    }

    private static Object parsed(String path, JsonNode tree, Class<?> type) {
        check(tree.isTextual() || tree.isNumber(), path, tree, "text or a number");
        return call(path, () -> parser(type).invoke(null, tree.asText()));
    }

    private static Object member(String path, JsonNode tree, Class<?> family) {
        check(
                tree.isTextual() || tree.isObject() && tree.path("type").isTextual(),
                path,
                tree,
                "{\"type\": ...}, " + describe(family));
        String name = tree.isTextual() ? tree.textValue() : tree.get("type").textValue();
        for (Class<?> kind : kinds(family)) {
            if (name(kind).equals(name)) return record(path, tree.isTextual() ? JSON.createObjectNode() : tree, kind);
        }
        throw error(path, "unknown type \"" + name + "\"; there is " + names(family));
    }

    private static Object record(String path, JsonNode tree, Class<?> type) {
        check(tree.isObject(), path, tree, describe(type));
        boolean typed = family(type) != null; // "type" is allowed even if only this kind is expected
        tree.fieldNames().forEachRemaining(key -> {
            if (!(typed && key.equals("type")) && !isKey(type, key))
                throw error(path, "unknown key \"" + key + "\" of " + name(type) + "; there is " + keys(type));
        });
        if (typed && !tree.path("type").asText(name(type)).equals(name(type)))
            throw mismatch(child(path, "type"), tree.get("type"), name(type));
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            String key = key(path, tree, components[i]);
            JsonNode value = tree.has(key) ? tree.get(key) : absent(path, components[i]);
            if (!(value.isNull() && nullable(components[i])))
                values[i] = any(child(path, key), value, components[i].getGenericType());
        }
        return call(path, () -> type.getDeclaredConstructor(types).newInstance(values));
    }

    /** The key under which the tree has a component: its name, or its {@link Alias}. */
    private static String key(String path, JsonNode tree, RecordComponent part) {
        String name = part.getName(), alias = alias(part);
        if (alias == null || !tree.has(alias)) return name;
        if (tree.has(name))
            throw error(
                    path,
                    String.format(
                            Locale.ROOT,
                            "keys \"%s\" and \"%s\" are the same setting; keep \"%s\"",
                            name,
                            alias,
                            name));
        return alias;
    }

    private static String alias(RecordComponent part) {
        Alias alias = part.getAnnotation(Alias.class);
        return alias == null ? null : alias.value();
    }

    private static boolean isKey(Class<?> type, String key) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(part -> key.equals(part.getName()) || key.equals(alias(part)));
    }

    private static JsonNode absent(String path, RecordComponent component) {
        Default fallback = component.getAnnotation(Default.class);
        if (fallback == null)
            throw error(
                    path,
                    "key \"" + component.getName() + "\" of "
                            + name(component.getDeclaringRecord()) + " is missing; it takes "
                            + describe(component.getGenericType()));
        try {
            return JSON.readTree(fallback.value());
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(fallback.value());
        }
    }

    private static boolean nullable(RecordComponent component) {
        Default fallback = component.getAnnotation(Default.class);
        return fallback != null && fallback.value().equals("null");
    }

    /** What a key takes, in words. */
    private static String describe(Type type) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) return "an object of texts";
        if (!(type instanceof Class<?> target)) return "a list";
        if (target.isSealed()) return "one of " + names(target);
        if (target.isEnum()) return "one of " + Arrays.toString(target.getEnumConstants());
        if (target == String.class) return "text";
        if (target == boolean.class) return "true or false";
        if (target == int.class || target == Integer.class || target == long.class || target == Long.class)
            return "a whole number";
        if (target == float.class || target == double.class || target == Double.class) return "a number";
        String name = name(target).toLowerCase(Locale.ROOT);
        return target.isRecord() && parser(target) == null ? "an object with " + keys(target) : "a " + name;
    }

    private static TreeSet<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The sealed interface that lists this record, or null. */
    private static Class<?> family(Class<?> kind) {
        return Arrays.stream(kind.getInterfaces())
                .filter(Class::isSealed)
                .findFirst()
                .orElse(null);
    }

    private static java.lang.reflect.Method parser(Class<?> type) {
        try {
            var method = type.getMethod("parse", String.class);
            return Modifier.isStatic(method.getModifiers()) ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Object get(RecordComponent component, Object value) {
        return call("", () -> component.getAccessor().invoke(value));
    }

    private interface Reflective {
        Object run() throws ReflectiveOperationException;
    }

    private static Object call(String path, Reflective action) {
        try {
            return action.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException bad) throw error(path, bad.getMessage());
            throw new IllegalStateException(path, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(path, e);
        }
    }

    private static JsonNode check(boolean good, String path, JsonNode found, String mismatch) {
        if (!good) throw mismatch(path, found, mismatch);
        return found;
    }

    private static SpecException mismatch(String path, JsonNode found, String mismatch) {
        return error(path, "found " + found + ", wanted " + mismatch);
    }

    private static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static SpecException error(String path, String what) {
        return new SpecException(path.isEmpty() ? what : path + ": " + what);
    }
}
