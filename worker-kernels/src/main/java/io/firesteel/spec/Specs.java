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
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Records to JSON and back.
 *
 * <p>A record is an object with one key a component. A member of a sealed family adds {@code "type"}, its simple name;
 * where every other key has a default the name alone will do ({@code "Relu"}). A class with a static
 * {@code parse(String)} is written as its {@code toString()}. Numbers, booleans, strings, enums and lists are
 * themselves.
 */
public final class Specs {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Specs() {}

    /** JSON text as a tree; {@code place} opens the message when it is not JSON. */
    public static JsonNode parse(String place, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            String reason =
                    e.getOriginalMessage().replaceFirst("(?s) \\(start marker at .*", ""); // the line is said already
            throw new SpecException(place + where + ": not JSON: " + reason, e);
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
        if (value instanceof Number || value instanceof Boolean) return JSON.valueToTree(value);
        if (!(value instanceof Record) || parser(value.getClass()) != null) return nodes.textNode(value.toString());
        ObjectNode object = nodes.objectNode();
        if (family(value.getClass()) != null) object.put("type", name(value.getClass()));
        for (RecordComponent part : value.getClass().getRecordComponents())
            object.set(part.getName(), write(get(part, value)));
        return object;
    }

    /** A number's node; null where it is not finite, since JSON has no word for that. */
    public static JsonNode number(double value) {
        return Double.isFinite(value)
                ? JSON.getNodeFactory().numberNode(value)
                : JSON.getNodeFactory().nullNode();
    }

    /** Reads {@code type} from a tree; {@code place}, which may be empty, opens every message. */
    public static <T> T read(String place, JsonNode tree, Class<T> type) {
        return type.cast(any(place, tree, type));
    }

    /** The names that a sealed family accepts, in the order of its permits clause. */
    public static List<String> names(Class<?> family) {
        return kinds(family).stream().map(Specs::name).toList();
    }

    /** The name of a record in JSON: that of its {@link JsonName}, else its simple name. */
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

    private static Object any(String place, JsonNode tree, Type type) {
        if (type instanceof ParameterizedType list) return list(place, tree, list.getActualTypeArguments()[0]);
        Class<?> target = (Class<?>) type;
        if (target == JsonNode.class) return tree;
        if (target == String.class)
            return check(tree.isTextual(), place, tree, describe(type)).textValue();
        if (target == boolean.class)
            return check(tree.isBoolean(), place, tree, describe(type)).booleanValue();
        if (target == int.class || target == Integer.class)
            return check(tree.isIntegralNumber() && tree.canConvertToInt(), place, tree, describe(type))
                    .intValue();
        if (target == long.class || target == Long.class)
            return check(tree.isIntegralNumber() && tree.canConvertToLong(), place, tree, describe(type))
                    .longValue();
        if (target == double.class || target == Double.class)
            return check(tree.isNumber() && Double.isFinite(tree.doubleValue()), place, tree, describe(type))
                    .doubleValue();
        if (target == float.class)
            return check(tree.isNumber() && Float.isFinite(tree.floatValue()), place, tree, describe(type))
                    .floatValue();
        if (target.isEnum()) return constant(place, tree, target);
        if (parser(target) != null) return parsed(place, tree, target);
        return target.isSealed() ? member(place, tree, target) : record(place, tree, target);
    }

    private static List<Object> list(String place, JsonNode tree, Type element) {
        check(tree.isArray(), place, tree, "a list [...]");
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) values.add(any(place + "[" + i + "]", tree.get(i), element));
        return List.copyOf(values);
    }

    private static Object constant(String place, JsonNode tree, Class<?> type) {
        for (Object constant : type.getEnumConstants()) if (constant.toString().equals(tree.asText())) return constant;
        throw wanted(place, tree, describe(type));
    }

    private static Object parsed(String place, JsonNode tree, Class<?> type) {
        check(tree.isTextual() || tree.isNumber(), place, tree, "text or a number");
        return call(place, () -> parser(type).invoke(null, tree.asText()));
    }

    private static Object member(String place, JsonNode tree, Class<?> family) {
        check(
                tree.isTextual() || tree.isObject() && tree.path("type").isTextual(),
                place,
                tree,
                "{\"type\": ...}, " + describe(family));
        String name = tree.isTextual() ? tree.textValue() : tree.get("type").textValue();
        for (Class<?> kind : kinds(family)) {
            if (name(kind).equals(name)) return record(place, tree.isTextual() ? JSON.createObjectNode() : tree, kind);
        }
        throw said(place, "unknown type \"" + name + "\"; there is " + names(family));
    }

    private static Object record(String place, JsonNode tree, Class<?> type) {
        check(tree.isObject(), place, tree, describe(type));
        boolean typed = family(type) != null; // its name may stand there even where no other kind fits
        tree.fieldNames().forEachRemaining(key -> {
            if (!(typed && key.equals("type")) && !isKey(type, key))
                throw said(place, "unknown key \"" + key + "\" of " + name(type) + "; there is " + keys(type));
        });
        if (typed && !tree.path("type").asText(name(type)).equals(name(type)))
            throw wanted(inside(place, "type"), tree.get("type"), name(type));
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] types = new Class<?>[parts.length];
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            types[i] = parts[i].getType();
            String key = key(place, tree, parts[i]);
            JsonNode value = tree.has(key) ? tree.get(key) : absent(place, parts[i]);
            if (!(value.isNull() && nullable(parts[i])))
                values[i] = any(inside(place, key), value, parts[i].getGenericType());
        }
        return call(place, () -> type.getDeclaredConstructor(types).newInstance(values));
    }

    /** The key under which the tree has a component: its name, or its {@link Alias}. */
    private static String key(String place, JsonNode tree, RecordComponent part) {
        String name = part.getName(), alias = alias(part);
        if (alias == null || !tree.has(alias)) return name;
        if (tree.has(name))
            throw said(place, "keys \"%s\" and \"%s\" are the same setting; keep \"%s\"".formatted(name, alias, name));
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

    private static JsonNode absent(String place, RecordComponent part) {
        Default fallback = part.getAnnotation(Default.class);
        if (fallback == null)
            throw said(
                    place,
                    "key \"" + part.getName() + "\" of "
                            + name(part.getDeclaringRecord()) + " is missing; it takes "
                            + describe(part.getGenericType()));
        try {
            return JSON.readTree(fallback.value());
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(fallback.value());
        }
    }

    private static boolean nullable(RecordComponent part) {
        Default fallback = part.getAnnotation(Default.class);
        return fallback != null && fallback.value().equals("null");
    }

    /** In words, what a key takes. */
    private static String describe(Type type) {
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

    private static Object get(RecordComponent part, Object value) {
        return call("", () -> part.getAccessor().invoke(value));
    }

    private interface Reflective {
        Object run() throws ReflectiveOperationException;
    }

    private static Object call(String place, Reflective action) {
        try {
            return action.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException bad) throw said(place, bad.getMessage());
            throw new IllegalStateException(place, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(place, e);
        }
    }

    private static JsonNode check(boolean good, String place, JsonNode found, String wanted) {
        if (!good) throw wanted(place, found, wanted);
        return found;
    }

    private static SpecException wanted(String place, JsonNode found, String wanted) {
        return said(place, "found " + found + ", wanted " + wanted);
    }

    private static String inside(String place, String key) {
        return place.isEmpty() ? key : place + "." + key;
    }

    private static SpecException said(String place, String what) {
        return new SpecException(place.isEmpty() ? what : place + ": " + what);
    }
}
