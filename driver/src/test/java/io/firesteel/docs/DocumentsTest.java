package io.firesteel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.layer.Layer;
import io.firesteel.loss.Loss;
import io.firesteel.metric.Metric;
import io.firesteel.optim.Optimizer;
import io.firesteel.schedule.Schedule;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists: links, tests, packages. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("worker-kernels", "driver", "examples", "benchmarks");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test|deploy/test/[\\w-]+\\.sh)`");

    @Test
    void everyLinkLeadsToAFileOrHeading() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path document : documents()) {
            for (MatchResult link : matches(LINK, prose(document))) {
                if (link.group(1).contains(":")) continue; // on the web
                Path to = link.group(1).isEmpty()
                        ? document
                        : document.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(to) || link.group(2) != null && !anchors(to).contains(link.group(2)))
                    broken.add(ROOT.relativize(document) + ": " + link.group());
            }
        }
        assertEquals(Set.of(), broken);
    }

    @Test
    void theReadmeFitsOnAFewScreens() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
        assertTrue(lines.size() <= 150, "README.md has " + lines.size() + " lines, wanted 150; move some to docs/");
    }

    @Test
    void theReadmeListsEveryLayerLossMetricOptimizerAndSchedule() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Set<String> missing = new TreeSet<>();
        for (Class<?> family : List.of(Layer.class, Loss.class, Metric.class, Optimizer.class, Schedule.class))
            for (String name : Specs.names(family)) if (!readme.contains("`" + name + "`")) missing.add(name);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyTestBehindAPromiseExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        Set<String> tests = files("src/test/java")
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        for (MatchResult named : matches(NAMED_TEST, Files.readString(ROOT.resolve("docs/promises.md")))) {
            String test = named.group(1);
            if (!tests.contains(test) && !Files.exists(ROOT.resolve(test))) missing.add(test);
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyMessageToTroubleshootIsOneOfTheCode() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (Path file : files("src/main/java").toList()) sources.append(Files.readString(file));
        for (String script : List.of("firesteel", "cluster.sh"))
            sources.append(Files.readString(ROOT.resolve("deploy/bin").resolve(script)));
        String code = sources.toString().replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"");
        Set<String> unknown = new TreeSet<>();
        for (MatchResult message : matches(
                Pattern.compile("(?m)^\\| `([^`]+)`"), Files.readString(ROOT.resolve("docs/troubleshooting.md"))))
            for (String part : message.group(1).split("…"))
                if (!part.startsWith("java.lang.") && !code.contains(part)) unknown.add(message.group(1) + ": " + part);
        assertEquals(Set.of(), unknown);
    }

    @Test
    void theArchitectureListsEveryPackage() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String module : List.of("worker-kernels", "driver")) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.endsWith("package-info.java"))
                        .map(file ->
                                sources.relativize(file.getParent()).toString().replace('/', '.'))
                        .forEach(packages::add);
            }
        }
        Set<String> listed = new TreeSet<>();
        for (MatchResult row : matches(
                Pattern.compile("(?m)^\\| `(io\\.firesteel\\.[\\w.]+)` \\|"),
                Files.readString(ROOT.resolve("docs/architecture.md")))) listed.add(row.group(1));
        assertEquals(packages, listed, "docs/architecture.md, \"Packages\"");
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents;
        try (Stream<Path> files = Files.list(ROOT)) {
            documents = files.filter(file -> file.toString().endsWith(".md")).collect(Collectors.toList());
        }
        for (String folder : List.of("docs", "deploy", "examples", "benchmarks", ".github")) {
            if (!Files.exists(ROOT.resolve(folder))) continue;
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")
                                && !file.toString().contains("/target/"))
                        .forEach(documents::add);
            }
        }
        return documents;
    }

    private static Stream<Path> files(String under) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String module : MODULES) {
            Path folder = ROOT.resolve(module).resolve(under);
            if (!Files.exists(folder)) continue;
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile).forEach(found::add);
            }
        }
        return found.stream();
    }

    /** A document without its code, in which brackets are no links. */
    private static String prose(Path document) throws IOException {
        return Files.readString(document).replaceAll("(?s)```.*?```", "").replaceAll("`[^`\n]*`", "code");
    }

    /** The headings of a document as GitHub writes them in links. */
    private static Set<String> anchors(Path document) throws IOException {
        return matches(Pattern.compile("(?m)^#+ (.*)$"), Files.readString(document)).stream()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
