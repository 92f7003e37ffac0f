package io.firesteel.internal.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The processor of this machine: what native libraries choose their kernels by.
 *
 * @param kind architecture, maker, family and vector units; only the architecture where there is no /proc/cpuinfo
 * @param flags all that it can do, in the words of /proc/cpuinfo
 */
record Processor(String kind, Set<String> flags) {
    private static final Path FILE = Path.of("/proc/cpuinfo");
    private static final List<String> VECTOR_UNITS =
            List.of("avx2", "fma", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16", "amx_tile");

    static Processor here() throws IOException {
        String machine = System.getProperty("os.arch");
        if (!Files.isReadable(FILE)) return new Processor(machine, Set.of());
        TreeMap<String, String> first = new TreeMap<>();
        try (Stream<String> lines = Files.lines(FILE)) {
            lines.takeWhile(line -> !line.isBlank())
                    .map(line -> line.split("\\s*:\\s*", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> first.put(pair[0], pair[1]));
        }
        Set<String> flags = Set.copyOf(List.of(first.getOrDefault("flags", "").split(" ")));
        List<String> units = VECTOR_UNITS.stream().filter(flags::contains).toList();
        String kind = machine + " " + first.get("vendor_id") + " family " + first.get("cpu family") + " model "
                + first.get("model") + " " + units;
        return new Processor(kind, flags);
    }
}
