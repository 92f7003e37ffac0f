package io.firesteel.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Child;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenBlasCoreTest {
    private static final Set<String> AVX512 = Set.of("avx", "avx2", "fma", "avx512f", "avx512bw");

    @Test
    void aProcessorHeldBelowItsVectorsIsNamed() {
        assertEquals(
                List.of("OPENBLAS_CORETYPE=Haswell holds OpenBLAS to kernels for Haswell (AVX2); this processor has "
                        + "AVX-512, about twice as fast; unset it"),
                OpenBlasCore.warnings("Haswell", Map.of("OPENBLAS_CORETYPE", "Haswell"), AVX512));
        assertEquals(
                List.of("OPENBLAS_CORETYPE=nehalem holds OpenBLAS to kernels for Nehalem (SSE or NEON); this processor "
                        + "has AVX2, about twice as fast; unset it"),
                OpenBlasCore.warnings(
                        "Nehalem", Map.of("OPENBLAS_CORETYPE", "nehalem"), Set.of("avx", "avx2", "fma", "sse4_2")));
    }

    @Test
    void aForcedCacheSizeIsNamed() {
        assertEquals(
                List.of("OPENBLAS_L2_SIZE=256 replaces the cache size that OpenBLAS finds by itself; unset it"),
                OpenBlasCore.warnings("SkylakeX", Map.of("OPENBLAS_L2_SIZE", "256"), AVX512));
    }

    @Test
    void aCoreThatFitsOrThatNobodyForcedIsNot() {
        Map<String, String> haswell = Map.of("OPENBLAS_CORETYPE", "Haswell");
        assertEquals(List.of(), OpenBlasCore.warnings("Cooperlake", Map.of("OPENBLAS_CORETYPE", "Cooperlake"), AVX512));
        assertEquals(List.of(), OpenBlasCore.warnings("Haswell", haswell, Set.of("avx", "avx2", "fma")));
        assertEquals(List.of(), OpenBlasCore.warnings("Zen", Map.of(), AVX512));
        assertEquals(List.of(), OpenBlasCore.warnings("", haswell, AVX512), "another library");
        assertEquals(List.of(), OpenBlasCore.warnings("NeoverseN1", Map.of("OPENBLAS_CORETYPE", "x"), Set.of("asimd")));
    }

    /** Kernels of any core run where the processor has their instructions: the oldest run everywhere. */
    @Test
    void theLogNamesTheCoreThatTheEnvironmentForces() throws Exception {
        List<String> lines = new Child(BlasReport.class)
                .environment("OPENBLAS_CORETYPE", "Nehalem")
                .lines();
        boolean amd64 = System.getProperty("os.arch").equals("amd64");
        assertTrue(lines.contains("INFO: BLAS: openblas (Nehalem)") || !amd64, lines.toString());
    }
}
