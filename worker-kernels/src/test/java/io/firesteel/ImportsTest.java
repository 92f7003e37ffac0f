package io.firesteel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages point one way: to the packages below them, and what a package-info says is what is so. */
class ImportsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/firesteel");
    private static final Pattern OURS = Pattern.compile("\\bio\\.firesteel\\.(\\w+)\\.");
    private static final Pattern USES = Pattern.compile("Uses ((?:\\{@code \\w+\\}[, and\\s]*)+)\\.");
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "spec", Set.of(),
            "array", Set.of("spec"),
            "kernel", Set.of("array"),
            "layer", Set.of("array", "kernel", "spec"),
            "loss", Set.of("array", "spec"),
            "optim", Set.of("array", "spec"),
            "model", Set.of("array", "kernel", "layer", "loss", "spec"));

    @Test
    void everyPackageUsesOnlyThoseBelowIt() throws IOException {
        assertEquals(List.of(), violations(SOURCES));
    }

    @Test
    void everyPackageInfoSaysWhatThePackageUses() throws IOException {
        for (String name : packages(SOURCES)) {
            String text = Files.readString(SOURCES.resolve(name).resolve("package-info.java"))
                    .replaceAll("\\s+\\*\\s+", " ");
            Set<String> said = new TreeSet<>();
            Matcher uses = USES.matcher(text);
            if (uses.find())
                Pattern.compile("\\w+(?=\\})").matcher(uses.group(1)).results().forEach(m -> said.add(m.group()));
            else assertEquals(true, text.contains("Uses nothing else of Firesteel."), name + "/package-info.java");
            assertEquals(new TreeSet<>(ALLOWED.get(name)), said, name + "/package-info.java");
        }
    }

    @Test
    void aViolationIsNamedByFileAndLine(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("spec"));
        Files.writeString(
                folder.resolve("spec/Bad.java"),
                "package io.firesteel.spec;\n\nimport io.firesteel.array.Shape;\n\nclass Bad { "
                        + "io.firesteel.model.Model m; }\n");
        Files.createDirectories(folder.resolve("fresh"));
        assertEquals(
                List.of(
                        "fresh: a package that this test does not know",
                        "spec/Bad.java:3: spec may not use array",
                        "spec/Bad.java:5: spec may not use model"),
                violations(folder));
    }

    /** Qualified names in the code count as imports do. */
    private static List<String> violations(Path sources) throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : packages(sources)) {
            if (!ALLOWED.containsKey(name)) found.add(name + ": a package that this test does not know");
            for (Path file : list(sources.resolve(name))) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    Matcher use = OURS.matcher(lines.get(i));
                    while (use.find())
                        if (!use.group(1).equals(name) && !ALLOWED.get(name).contains(use.group(1)))
                            found.add(name + "/" + file.getFileName() + ":" + (i + 1) + ": " + name + " may not use "
                                    + use.group(1));
                }
            }
        }
        return found;
    }

    private static List<String> packages(Path sources) throws IOException {
        return list(sources).stream().map(path -> path.getFileName().toString()).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        }
    }
}
