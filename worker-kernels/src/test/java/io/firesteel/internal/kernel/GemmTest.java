package io.firesteel.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class GemmTest {
    @Test
    void theThreeProductsAreThoseOfThePlainLoop() {
        assertEquals("same", Products.compare());
    }

    @Test
    void theStartUpTestPassesOnFourThreads() {
        assertEquals("passed", GemmCheck.run(4, 5));
    }

    @Test
    void aCallUsesOneThread() {
        assertEquals(1, Blas.threads());
    }

    /** A second copy would have its own number of threads, set by nobody. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void oneOpenBlasIsLoaded() throws IOException {
        assertEquals("openblas", Blas.name());
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            var libraries = maps.filter(line -> line.contains("/libopenblas"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .collect(Collectors.toSet());
            assertEquals(1, libraries.size(), libraries.toString());
        }
    }
}
