package io.firesteel.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each choice in a process of its own, since it is made once a process. */
class BlasChoiceTest {
    private static final String PATH = "dev.ludovic.netlib.blas.nativeLibPath";
    private static final String OPENBLAS = "openblas, native true, threads 1, products same, concurrently passed";
    private static final String SYSTEM = "system, native true, threads 0, products same, concurrently passed";
    private static final String JAVA = "java, native false, threads 1, products same, concurrently passed";

    @Test
    void theOpenBlasOfTheArtifactIsTakenFirst() throws Exception {
        assertReport(OPENBLAS, child().lines());
        assertReport(OPENBLAS, child().property("firesteel.blas", "native").lines());
    }

    @Test
    void eachCanBeForcedByPropertyOrEnvironment() throws Exception {
        assertReport(OPENBLAS, child().property("firesteel.blas", "openblas").lines());
        assertReport(JAVA, child().property("firesteel.blas", "java").lines());
        assertReport(JAVA, child().environment("FIRESTEEL_BLAS", "java").lines());
        assertReport(
                OPENBLAS,
                child().environment("FIRESTEEL_BLAS", "java")
                        .property("firesteel.blas", "openblas")
                        .lines());
    }

    @Test
    void theJavaOneWorksWithoutTheVectorModuleToo() throws Exception {
        assertReport(
                JAVA,
                child().withoutFlag("--add-modules=jdk.incubator.vector")
                        .property("firesteel.blas", "java")
                        .lines());
    }

    /** A machine need not have one: then it is refused. */
    @Test
    void theSystemsIsTakenOrRefusedWhenForced() throws Exception {
        List<String> lines = child().property("firesteel.blas", "system").lines();
        String refused = "refused: firesteel.blas=system was requested but is not available: system: ";
        if (lines.stream().anyMatch(line -> line.startsWith(refused)))
            assertTrue(lines.toString().contains("install libblas3"));
        else assertReport(SYSTEM, lines);
    }

    @Test
    void anUnknownNameIsRefused() throws Exception {
        assertReport(
                "refused: firesteel.blas: found \"nonsense\", wanted auto or one of [openblas, system, native, java]",
                child().property("firesteel.blas", "nonsense").lines());
    }

    @Test
    void aForcedLibraryThatIsMissingIsRefusedWithTheReason() throws Exception {
        List<String> lines = child().withoutJars(BlasChoiceTest::isNative)
                .property("firesteel.blas", "openblas")
                .lines();
        String report = lines.get(lines.size() - 1);
        assertReport(report, lines);
        assertTrue(
                report.startsWith("refused: firesteel.blas=openblas was requested but is not available: "
                        + "openblas: UnsatisfiedLinkError Could not find jniopenblas_nolapack in class, "
                        + "module, and library paths."),
                report);
        assertTrue(report.endsWith("; set firesteel.blas=auto to use the next one"), report);
    }

    @Test
    void withAutoAMissingLibraryIsPassedOverAndTheLogSaysSoOnce() throws Exception {
        assertPassedOver(
                "openblas: UnsatisfiedLinkError Could not find jniopenblas_nolapack in class, module, and "
                        + "library paths.",
                child().withoutJars(BlasChoiceTest::isNative).lines());
    }

    @Test
    void withAutoABrokenLibraryIsPassedOverAndTheLogSaysSoOnce(@TempDir Path folder) throws Exception {
        Path glue = folder.resolve("org/bytedeco/openblas/linux-x86_64/libjniopenblas_nolapack.so");
        Files.createDirectories(glue.getParent());
        Files.writeString(glue, "not a library");
        assertPassedOver(
                "openblas: UnsatisfiedLinkError ",
                child().folder(folder)
                        .property("org.bytedeco.javacpp.cachedir", folder.resolve("cache"))
                        .lines());
    }

    @Test
    void aPathThatTheUserSetIsKept(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("libmissing.so");
        List<String> lines = child().property(PATH, missing).lines();
        assertReport(JAVA, lines);
        assertLogged(lines, "openblas: " + PATH + " is set and kept; system: ");
        lines = child().property(PATH, missing)
                .property("firesteel.blas", "native")
                .lines();
        assertTrue(
                lines.get(lines.size() - 1)
                        .startsWith("refused: firesteel.blas=native was requested but is not available: " + "openblas: "
                                + PATH + " is set and kept; system: "),
                lines.toString());
    }

    private static Child child() {
        return new Child(BlasReport.class);
    }

    private static boolean isNative(String jar) {
        return jar.endsWith("-linux-x86_64.jar");
    }

    private static void assertPassedOver(String reason, List<String> lines) {
        assertReport(lines.contains(SYSTEM) ? SYSTEM : JAVA, lines);
        assertLogged(lines, reason);
    }

    /** Said twice, to the first who asks and to the second. */
    private static void assertReport(String report, List<String> lines) {
        assertEquals(2, lines.stream().filter(report::equals).count(), String.join("\n", lines));
    }

    private static void assertLogged(List<String> lines, String reason) {
        assertEquals(
                1,
                lines.stream()
                        .filter(line -> line.startsWith("WARNING: BLAS: ") && line.contains(reason))
                        .count(),
                String.join("\n", lines));
    }
}
