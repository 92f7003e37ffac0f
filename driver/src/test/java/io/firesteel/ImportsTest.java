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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of the driver point one way, and what a package-info says is what is so. Worker kernels are free to all. */
class ImportsTest {
    private static final Path SOURCES = Path.of("src/main/java/io/firesteel");
    private static final Path KERNELS = Path.of("../worker-kernels").resolve(SOURCES);
    private static final Pattern OURS = Pattern.compile("\\bio\\.firesteel\\.(\\w+)\\.");
    private static final Pattern USES = Pattern.compile("Uses ([^.]*)\\.");
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "data", Set.of(),
            "train", Set.of("data"),
            "ml", Set.of("data", "train"),
            "study", Set.of("data", "train"),
            "scaling", Set.of("data", "train"),
            "report", Set.of("data"),
            "exchange", Set.of("data", "train"),
            "cli", Set.of("data", "train", "ml", "study", "scaling", "report", "exchange"));

    @Test
    void everyPackageUsesOnlyThoseBelowIt() throws IOException {
        assertEquals(List.of(), violations(SOURCES));
    }

    @Test
    void everyPackageInfoSaysWhatThePackageUses() throws IOException {
        for (String name : packages(SOURCES)) {
            String text = Files.readString(SOURCES.resolve(name).resolve("package-info.java"))
                    .replaceAll("\\s+\\*\\s+", " ");
            Matcher uses = USES.matcher(text);
            assertEquals(true, uses.find(), name + "/package-info.java: \"Uses ...\" is not there");
            Set<String> said = uses.group(1).equals("everything else")
                    ? ALLOWED.get("cli")
                    : Pattern.compile("(?<=\\{@code )[\\w-]+")
                            .matcher(uses.group(1))
                            .results()
                            .map(word -> word.group())
                            .filter(ALLOWED::containsKey)
                            .collect(Collectors.toSet());
            assertEquals(new TreeSet<>(ALLOWED.get(name)), new TreeSet<>(said), name + "/package-info.java");
        }
    }

    @Test
    void aViolationIsNamedByFileAndLine(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(
                folder.resolve("data/Bad.java"),
                "package io.firesteel.data;\n\nimport io.firesteel.array.Shape;\n\nclass Bad { "
                        + "io.firesteel.train.Run run; }\n");
        Files.createDirectories(folder.resolve("fresh"));
        assertEquals(
                List.of("data/Bad.java:5: data may not use train", "fresh: a package that this test does not know"),
                violations(folder));
    }

    /** Qualified names in the code count as imports do. */
    private static List<String> violations(Path sources) throws IOException {
        List<String> found = new ArrayList<>(), free = packages(KERNELS);
        for (String name : packages(sources)) {
            if (!ALLOWED.containsKey(name)) found.add(name + ": a package that this test does not know");
            for (Path file : list(sources.resolve(name))) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    Matcher use = OURS.matcher(lines.get(i));
                    while (use.find()) {
                        String used = use.group(1);
                        if (!used.equals(name)
                                && !free.contains(used)
                                && !ALLOWED.getOrDefault(name, Set.of()).contains(used))
                            found.add(name + "/" + file.getFileName() + ":" + (i + 1) + ": " + name + " may not use "
                                    + used);
                    }
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
