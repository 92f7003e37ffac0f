package io.firesteel.docs;

import io.firesteel.spec.Alias;
import io.firesteel.spec.Default;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys of a JSON file, from the record that it is read into: Markdown with a section for every type in it. */
final class SpecReference {
    private final StringBuilder out = new StringBuilder();
    private final Set<Class<?>> known = new LinkedHashSet<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();
    private final Set<String> undocumented = new TreeSet<>();

    /** The sections for {@code root} and all types that its keys take. */
    static String of(Class<?> root) throws IOException {
        SpecReference reference = new SpecReference();
        reference.known.add(root);
        reference.record(root, "## Keys of the file");
        while (!reference.open.isEmpty()) reference.section(reference.open.poll());
        if (!reference.undocumented.isEmpty())
            throw new AssertionError("types or keys without javadoc or @param: " + reference.undocumented);
        return reference.out.toString();
    }

    private void section(Class<?> type) throws IOException {
        String heading = "## " + title(type);
        if (type.isEnum()) {
            put("%s%n%n| value | meaning |%n|---|---|%n", heading);
            for (Object constant : type.getEnumConstants()) {
                String meaning = SourceDocs.of((Enum<?>) constant);
                require(meaning, type.getSimpleName() + "." + constant);
                put("| `%s` | %s |%n", constant, cell(meaning));
            }
            put("%n");
        } else if (type.isSealed()) {
            put("%s%n%n`\"type\"` is one of %s.%n%n", heading, names(type));
            for (Class<?> kind : Specs.kinds(type)) record(kind, "### " + Specs.name(kind));
        } else if (isText(type)) {
            put("%s%n%n%s%n%n", heading, SourceDocs.of(type).text());
        } else record(type, heading);
    }

    private void record(Class<?> type, String heading) throws IOException {
        SourceDocs docs = SourceDocs.of(type);
        require(docs.text(), type.getSimpleName());
        put("%s%n%n%s%n%n", heading, docs.text());
        RecordComponent[] keys = type.getRecordComponents();
        if (keys.length == 0) return;
        put("| key | type | default | meaning |%n|---|---|---|---|%n");
        for (RecordComponent key : keys) {
            String meaning = docs.params().getOrDefault(key.getName(), "");
            if (meaning.isEmpty() && docs.names(key.getName())) meaning = "as above";
            require(meaning, type.getSimpleName() + "." + key.getName());
            Alias older = key.getAnnotation(Alias.class);
            if (older != null) meaning += "; `" + older.value() + "` in older files";
            put(
                    "| `%s` | %s | %s | %s |%n",
                    key.getName(), describe(key.getGenericType()), fallback(key), cell(meaning));
        }
        put("%n");
    }

    private void put(String format, Object... values) {
        out.append(String.format(format.replace("%n", "\n"), values));
    }

    private void require(String text, String place) {
        if (text.isEmpty()) undocumented.add(place);
    }

    private static String fallback(RecordComponent key) {
        Default fallback = key.getAnnotation(Default.class);
        if (fallback == null) return "required";
        return fallback.value().equals("{}") ? "all defaults" : "`" + fallback.value() + "`";
    }

    private String describe(Type type) {
        if (type instanceof ParameterizedType list) {
            String element = describe(list.getActualTypeArguments()[0]);
            return "list of " + (element.endsWith("number") ? element + "s" : element);
        }
        Class<?> target = (Class<?>) type;
        if (target == String.class) return "text";
        if (target == boolean.class) return "`true`, `false`";
        if (Set.of(int.class, long.class, Integer.class, Long.class).contains(target)) return "whole number";
        if (Set.of(float.class, double.class, Float.class, Double.class).contains(target)) return "number";
        if (target.isEnum() && Arrays.stream(target.getEnumConstants()).allMatch(SpecReference::isPlain))
            return Arrays.stream(target.getEnumConstants())
                    .map(c -> "`" + c + "`")
                    .collect(Collectors.joining(", "));
        if (known.add(target)) open.add(target);
        return "[" + title(target) + "](#"
                + title(target).toLowerCase(Locale.ROOT).replace(' ', '-') + ")";
    }

    /** Whether a constant needs no explanation. */
    private static boolean isPlain(Object constant) {
        try {
            return SourceDocs.of((Enum<?>) constant).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String names(Class<?> family) {
        return Specs.names(family).stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** Classes with a static {@code parse(String)} are written as text. */
    private static boolean isText(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("parse")
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}));
    }

    private static String title(Class<?> type) {
        String words =
                type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String cell(String text) {
        return text.replace("\n\n", "<br>").replace("|", "\\|");
    }
}
