package io.firesteel.internal.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack;

/** The oneDNN of the Maven artifact, loaded on first use. Computes on the calling thread only. */
public final class OneDnn {
    public static final engine ENGINE;
    private static final SetNumThreads OMP_SET_NUM_THREADS;

    static {
        try {
            Path folder = Path.of(Loader.load(dnnl.class)).getParent();
            OMP_SET_NUM_THREADS = ompSetNumThreads(folder);
            ENGINE = new engine(engine.kind.cpu, 0);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private OneDnn() {}

    /** A call of {@code void (int)}: the OpenBLAS artifact has a binding for functions of that type. */
    private static final class SetNumThreads extends openblas_nolapack.SetNumThreads {}

    /** OpenMP's number of threads is thread-local, so it is set before every call: 20 ns. */
    public static void oneThread() {
        OMP_SET_NUM_THREADS.call(1);
    }

    private static SetNumThreads ompSetNumThreads(Path folder) throws IOException {
        Loader.load(org.bytedeco.openblas.global.openblas_nolapack.class);
        try (Stream<Path> files = Files.list(folder)) {
            Path openMp = files.filter(f -> f.getFileName().toString().startsWith("libgomp"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no libgomp in " + folder));
            Loader.loadGlobal(openMp.toString());
        }
        Pointer address = Loader.addressof("omp_set_num_threads");
        if (address == null) throw new IOException("no omp_set_num_threads in the library loaded with oneDNN");
        SetNumThreads function = new SetNumThreads();
        function.put(address);
        return function;
    }
}
