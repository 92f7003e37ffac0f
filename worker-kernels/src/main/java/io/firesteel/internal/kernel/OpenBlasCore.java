package io.firesteel.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * For which processor the kernels are that OpenBLAS chose when it was loaded, such as {@code Haswell} or
 * {@code SkylakeX}. They decide the bits and the speed of every product, and variables of the environment can overrule
 * the library's own choice.
 */
public final class OpenBlasCore {
    private static final String FORCED_CORE = "OPENBLAS_CORETYPE", FORCED_CACHE = "OPENBLAS_L2_SIZE";

    /** The vectors that kernels are written for, and OpenBLAS's names of those kernels. */
    private enum Vectors {
        NARROW(
                "SSE or NEON",
                List.of(),
                "Prescott Core2 Nehalem Barcelona ARMV8 ARMV8SVE ARMV9SME CortexA53 CortexA55 CortexA57 Falkor "
                        + "ThunderX "
                        + "ThunderX2T99 ThunderX3T110 TSV110 EMAG8180 NeoverseN1 NeoverseN2 NeoverseV1 A64FX VortexM4"),
        AVX("AVX", List.of("avx"), "Sandybridge Bulldozer Piledriver Steamroller"),
        AVX2("AVX2", List.of("avx2", "fma"), "Haswell Zen Excavator"),
        AVX512("AVX-512", List.of("avx512f", "avx512bw"), "SkylakeX Cooperlake SapphireRapids");

        final String text;
        final List<String> flags; // of /proc/cpuinfo
        final List<String> cores;

        Vectors(String text, List<String> flags, String cores) {
            this.text = text;
            this.flags = flags;
            this.cores = List.of(cores.split(" "));
        }
    }

    private OpenBlasCore() {}

    /**
     * The core of the library that lies in {@code file} and is loaded already; an empty string where it does not tell.
     * JavaCPP does not bind {@code openblas_get_corename}, so this compares what that function compares: the pointer
     * {@code gotoblas}, and the tables of functions that it may point to.
     */
    static String of(String file) {
        Loader.loadGlobal(file); // the same copy: only its names become visible
        Pointer chosen = Loader.addressof("gotoblas");
        if (chosen == null) return "";
        long address = new SizeTPointer(chosen).get();
        for (Vectors vectors : Vectors.values())
            for (String core : vectors.cores) {
                Pointer table = Loader.addressof("gotoblas_" + core.toUpperCase(Locale.ROOT));
                if (table != null && table.address() == address) return core;
            }
        return "";
    }

    /**
     * Where the environment makes OpenBLAS slower than a processor with these {@code flags} of /proc/cpuinfo is, a
     * sentence each; {@code core} is the one in use.
     */
    public static List<String> warnings(String core, Map<String, String> environment, Set<String> flags) {
        List<String> warnings = new ArrayList<>();
        Vectors can = Vectors.NARROW, does = null;
        for (Vectors vectors : Vectors.values()) {
            if (flags.containsAll(vectors.flags)) can = vectors;
            if (vectors.cores.contains(core)) does = vectors;
        }
        if (does != null && does.compareTo(can) < 0 && environment.containsKey(FORCED_CORE))
            warnings.add(FORCED_CORE + "=" + environment.get(FORCED_CORE) + " holds OpenBLAS to kernels for " + core
                    + " (" + does.text + "); this processor has " + can.text + ", about twice as fast; unset it");
        if (does != null && environment.containsKey(FORCED_CACHE))
            warnings.add(FORCED_CACHE + "=" + environment.get(FORCED_CACHE)
                    + " replaces the cache size that OpenBLAS finds by itself; unset it");
        return warnings;
    }
}
