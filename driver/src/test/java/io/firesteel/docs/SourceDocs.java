package io.firesteel.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The javadoc of a class, read from its source and written as Markdown. */
record SourceDocs(String text, Map<String, String> params) {
    private static final List<Path> ROOTS =
            List.of(Path.of("src/main/java"), Path.of("../worker-kernels/src/main/java"));

    /** The documentation of a type; empty if it has none. */
    static SourceDocs of(Class<?> type) throws IOException {
        return parse(comment(
                type,
                "(?:@[^\\n]*\\n\\s*)*(?:(?:public|static|sealed|final|abstract) )*(?:record|interface|enum) "
                        + type.getSimpleName() + "\\b"));
    }

    /** The documentation of an enum constant. */
    static String of(Enum<?> constant) throws IOException {
        return parse(comment(constant.getDeclaringClass(), constant.name() + "\\b")).text;
    }

    /** Whether the text has {@code key} as a word, as in a formula. */
    boolean names(String key) {
        return Pattern.compile("\\b" + key + "\\b").matcher(text).find();
    }

    private static String comment(Class<?> type, String declaration) throws IOException {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) top = top.getEnclosingClass();
        for (Path root : ROOTS) {
            Path file = root.resolve(top.getName().replace('.', '/') + ".java");
            if (!Files.exists(file)) continue;
            Matcher found = Pattern.compile("/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*" + declaration)
                    .matcher(Files.readString(file));
            return found.find() ? found.group(1) : "";
        }
        throw new IOException("no source of " + type.getName() + " in " + ROOTS);
    }

    private static SourceDocs parse(String comment) {
        String[] blocks = comment.replaceAll("(?m)^\\s*\\* ?", "").strip().split("(?m)^@param\\s+");
        Map<String, String> params = new TreeMap<>();
        for (int i = 1; i < blocks.length; i++) {
            String[] parts = blocks[i].replaceFirst("(?s)\\n@.*", "").split("\\s+", 2);
            params.put(parts[0], markdown(parts[1]));
        }
        return new SourceDocs(markdown(blocks[0]), params);
    }

    private static String markdown(String javadoc) {
        return javadoc.strip()
                .replaceAll("\\s*\\n\\s*\\n\\s*<p>", "\u0001")
                .replaceAll("\\s+", " ")
                .replace("\u0001", "\n\n")
                .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
                .replaceAll("\\{@link #?([^} ]*)\\}", "`$1`")
                .replaceAll("\\{@link [^} ]* ([^}]*)\\}", "$1");
    }
}
