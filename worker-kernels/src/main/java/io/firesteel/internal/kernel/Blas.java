package io.firesteel.internal.kernel;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Which BLAS this process uses. Chosen once, on first use, and logged in one line.
 *
 * <p>The order is: the OpenBLAS of the Maven artifact, the system's {@code libblas.so.3}, netlib's Java. The system
 * property {@code firesteel.blas} or the environment's {@code FIRESTEEL_BLAS} forces {@code openblas}, {@code system}
 * or {@code java} and then fails instead of falling back; {@code native} accepts either of the first two. netlib reads
 * its library path once, so this class must be initialized before anything else uses netlib; a path set by the user is
 * kept and counts as the system's.
 */
public final class Blas {
    private static final String LIBRARY = "dev.ludovic.netlib.blas.nativeLibPath";
    private static final Blas CHOSEN;
    private static final String
            REFUSED; // thrown on every use; a failed class initialization reports its cause only once

    static {
        Blas chosen = null;
        String refused = null;
        try {
            chosen = choose(LibraryRequest.asked("blas", "openblas", "system", "native", "java"));
        } catch (IllegalStateException e) {
            refused = e.getMessage();
        }
        CHOSEN = chosen;
        REFUSED = refused;
    }

    private final BLAS blas;
    private final String name;
    private final String core;
    private final int threads;
    private final List<String> refusals;

    private Blas(BLAS blas, String name, String core, int threads, List<String> refusals) {
        this.blas = blas;
        this.name = name;
        this.core = core;
        this.threads = threads;
        this.refusals = List.copyOf(refusals);
    }

    /** netlib's interface to the library. */
    static BLAS get() {
        return chosen().blas;
    }

    /** {@code openblas}, {@code system} or the Java implementation's class name. */
    public static String name() {
        return chosen().name;
    }

    /** For which processor OpenBLAS's kernels are, see {@link OpenBlasCore}; empty where the library does not tell. */
    public static String core() {
        return chosen().core;
    }

    /** The name, and the core where it is known: {@code openblas (Haswell)}. */
    public static String nameAndCore() {
        return chosen().text();
    }

    private String text() {
        return core.isEmpty() ? name : name + " (" + core + ")";
    }

    /** Threads per call, read back from the library; 0 if unknown. */
    public static int threads() {
        return chosen().threads;
    }

    /** True for {@code openblas} and {@code system}. */
    public static boolean isNative() {
        return chosen().blas instanceof NativeBLAS;
    }

    /** Why the libraries before the chosen one were rejected, a line each. */
    public static List<String> refusals() {
        return chosen().refusals;
    }

    private static Blas chosen() {
        if (CHOSEN == null) throw new IllegalStateException(REFUSED);
        return CHOSEN;
    }

    private static Blas choose(String asked) {
        List<String> refusals = new ArrayList<>();
        boolean any = asked.equals("auto");
        Blas chosen = null;
        if (any || asked.equals("openblas") || asked.equals("native")) chosen = openblas(refusals);
        if (chosen == null && (any || asked.equals("system") || asked.equals("native"))) chosen = system(refusals);
        if (chosen == null && (any || asked.equals("java")))
            chosen = new Blas(JavaBLAS.getInstance(), "java", "", 1, refusals);
        if (chosen == null) throw new IllegalStateException(LibraryRequest.refused("blas", asked, refusals));
        LibraryRequest.log("BLAS", chosen.text(), refusals);
        return chosen;
    }

    private static Blas openblas(List<String> refusals) {
        if (System.getProperty(LIBRARY) != null) {
            refusals.add("openblas: " + LIBRARY + " is set and kept");
            return null;
        }
        try {
            Path library = library(Path.of(Loader.load(openblas_nolapack.class)).getParent());
            System.setProperty(LIBRARY, library.toString());
            openblas_nolapack.blas_set_num_threads(1);
            BLAS blas = netlib();
            int threads = openblas_nolapack.blas_get_num_threads();
            if (threads != 1)
                throw new IllegalStateException("one thread was requested, the library reports " + threads);
            return new Blas(blas, "openblas", OpenBlasCore.of(library.toString()), threads, refusals);
        } catch (Exception | LinkageError e) {
            System.clearProperty(LIBRARY);
            refusals.add("openblas: " + LibraryRequest.reason(e));
            return null;
        }
    }

    /**
     * JavaCPP unpacks the library next to its JNI glue, under a name that contains the glue's; other copies may be
     * there, too.
     */
    private static Path library(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f ->
                            f.getFileName().toString().startsWith("libopenblas_nolapack") && !Files.isSymbolicLink(f))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no libopenblas_nolapack in " + folder));
        }
    }

    private static Blas system(List<String> refusals) {
        try {
            return new Blas(netlib(), "system", "", 0, refusals);
        } catch (Exception | LinkageError e) {
            refusals.add("system: " + LibraryRequest.reason(e) + "; install libblas3 or libopenblas0-pthread, or set -D"
                    + LIBRARY);
            return null;
        }
    }

    /** netlib's JNI implementation, without the warnings that netlib's own search prints. */
    private static BLAS netlib() throws ReflectiveOperationException {
        Class<?> jni = Class.forName("dev.ludovic.netlib.blas.JNIBLAS");
        var instance = jni.getDeclaredField("instance");
        instance.setAccessible(true);
        return (BLAS) instance.get(null);
    }
}
