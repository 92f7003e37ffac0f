package io.firesteel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house: which package stands on which, how large one may be, and that no names or knots confuse. */
class ArchitectureTest {
    /** Each package may use those before it. */
    private static final List<String> FLOORS = List.of(
            "spec",
            "array",
            "internal.kernel",
            "internal.kernel.conv",
            "internal.kernel.dense",
            "op",
            "layer.export",
            "layer",
            "loss",
            "metric",
            "optim",
            "schedule",
            "model",
            "internal.files",
            "row",
            "internal.table",
            "source",
            "internal.cluster",
            "internal.block",
            "internal.shard",
            "internal.measure",
            "internal.spark",
            "internal.gradient",
            "internal.persistent",
            "modelfile",
            "infer",
            "train",
            "exchange",
            "ml",
            "studies",
            "studies.scaling",
            "studies.report",
            "cli");

    /** Their members are known inside their own package alone. */
    private static final List<String> FAMILIES =
            List.of("layer.Layer", "loss.Loss", "metric.Metric", "optim.Optimizer", "schedule.Schedule");

    /** What takes digits or letters of the user's locale. */
    private static final Set<String> LOCAL = Set.of(
            "java.lang.String.formatted([Ljava.lang.Object;)",
            "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
            "java.lang.String.toLowerCase()",
            "java.lang.String.toUpperCase()",
            "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
            "java.io.PrintStream.format(java.lang.String, [Ljava.lang.Object;)");

    private static final int MOST_TYPES = 27;
    private static final int LINE = 120;
    private static final String ROOT = "io.firesteel.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.firesteel");

    @Test
    void everyPackageUsesOnlyThoseBelowIt() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES)
            for (JavaClass used : uses(type))
                if (floor(used) > floor(type)) wrong.add(name(type) + " uses " + name(used));
        assertEquals(Set.of(), wrong);
    }

    @Test
    void everyPackageSaysWhatItIs() {
        Set<String> silent = new TreeSet<>();
        for (JavaClass type : CLASSES)
            if (!Files.exists(packageInfo(type.getPackageName()))) silent.add(type.getPackageName());
        assertEquals(Set.of(), silent);
    }

    private static Path packageInfo(String name) {
        Path file = Path.of("src/main/java").resolve(name.replace('.', '/')).resolve("package-info.java");
        return Files.exists(file) ? file : Path.of("../worker-kernels").resolve(file);
    }

    @Test
    void noPackageIsAHeap() {
        Map<String, Long> heaps = new TreeMap<>(
                topLevel().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())));
        heaps.values().removeIf(types -> types <= MOST_TYPES);
        assertEquals(Map.of(), heaps);
    }

    @Test
    void noNameIsTakenTwice() {
        Map<String, List<String>> taken = new TreeMap<>(CLASSES.stream()
                .filter(type ->
                        !type.getSimpleName().isEmpty() && !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(ArchitectureTest::name, Collectors.toList()))));
        taken.values().removeIf(names -> names.size() < 2);
        assertEquals(Map.of(), taken);
    }

    @Test
    void classesThatNeedEachOtherAreASealedFamily() {
        Map<JavaClass, Set<JavaClass>> graph =
                new TreeMap<>((a, b) -> a.getName().compareTo(b.getName()));
        for (JavaClass type : CLASSES)
            graph.computeIfAbsent(
                            top(type),
                            each -> new TreeSet<>((a, b) -> a.getName().compareTo(b.getName())))
                    .addAll(uses(type).stream().map(ArchitectureTest::top).toList());
        List<String> knots = new ArrayList<>();
        for (Set<JavaClass> knot : Knots.of(graph))
            if (!isFamily(knot))
                knots.add(knot.stream().map(ArchitectureTest::name).toList().toString());
        assertEquals(List.of(), knots);
    }

    @Test
    void nobodyAsksWhichMemberOfAFamilyItHas() {
        Set<String> asked = new TreeSet<>();
        for (String family : FAMILIES) {
            JavaClass head = CLASSES.get(ROOT + family);
            for (JavaClass type : CLASSES) {
                if (type.getPackageName().equals(head.getPackageName())) continue;
                type.getInstanceofChecks().stream()
                        .map(check -> check.getRawType())
                        .filter(found -> found.isAssignableTo(head.getName()))
                        .forEach(found -> asked.add(name(type) + " asks for " + name(found)));
                type.getReferencedClassObjects().stream()
                        .map(object -> object.getRawType())
                        .filter(found -> found.isAssignableTo(head.getName()) && !found.equals(head))
                        .forEach(found -> asked.add(name(type) + " names " + name(found) + ".class"));
            }
        }
        assertEquals(Set.of(), asked);
    }

    @Test
    void numbersAndNamesAreWrittenWithTheRootLocale() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES)
            for (var call : type.getMethodCallsFromSelf())
                if (LOCAL.contains(call.getTarget().getFullName())) wrong.add(call.getDescription());
        assertEquals(Set.of(), wrong);
    }

    /** A sealed type and those that it permits. */
    private static boolean isFamily(Set<JavaClass> knot) {
        for (JavaClass head : knot) {
            Class<?>[] permitted = head.reflect().getPermittedSubclasses();
            if (permitted == null) continue;
            Set<String> members = Stream.of(permitted).map(Class::getName).collect(Collectors.toSet());
            if (knot.stream().allMatch(type -> type.equals(head) || members.contains(type.getName()))) return true;
        }
        return false;
    }

    @Test
    void noLineIsLongerThanAScreen() throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path sources : modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList())
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                            .toList())
                        for (String line : Files.readAllLines(file))
                            if (line.length() > LINE) wrong.add(file + ": " + line);
                }
        }
        assertEquals(List.of(), wrong);
    }

    private static Stream<JavaClass> topLevel() {
        return CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
    }

    private static int floor(JavaClass type) {
        int floor = FLOORS.indexOf(type.getPackageName().substring(ROOT.length()));
        if (floor < 0) throw new AssertionError(type.getPackageName() + " is a package that this test does not know");
        return floor;
    }

    private static Set<JavaClass> uses(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(used -> used.isArray() ? used.getBaseComponentType() : used)
                .filter(used -> used.getName().startsWith(ROOT) && !top(used).equals(top(type)))
                .collect(Collectors.toSet());
    }

    private static JavaClass top(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::top).orElse(type);
    }

    private static String name(JavaClass type) {
        return type.getName().substring(ROOT.length());
    }
}
