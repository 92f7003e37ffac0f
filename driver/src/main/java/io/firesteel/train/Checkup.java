package io.firesteel.train;

import io.firesteel.kernel.Blas;
import io.firesteel.kernel.Convolutions;
import io.firesteel.kernel.GemmCheck;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** What one process computes with: all that decides its bits, and whether it passes the self-test. */
public final class Checkup implements Serializable {
    private static final long serialVersionUID = 1;
    private static final long PATIENCE = 10_000_000_000L; // nanoseconds: executors that warm up take no task yet
    private static final int TASKS_PER_EXECUTOR = 8;
    private static final String KIND = kindHere();

    /** Spark's name of the process: {@code driver}, {@code 0}, {@code 1}, ... */
    public final String executor;

    public final String host;
    public final String java;
    public final int cores;
    /** Heap that is not taken, in MiB. */
    public final long freeMiB;

    public final String blas;
    public final int blasThreads;
    public final String convolution;
    public final String processor;
    /** "passed", or what differed. */
    public final String selfTest;
    /** Processes of one kind compute the same bits. */
    public final String kind;

    private Checkup(int rounds) throws IOException {
        SparkEnv spark = SparkEnv.get();
        executor = spark == null ? "driver" : spark.executorId();
        host = InetAddress.getLocalHost().getHostName();
        java = System.getProperty("java.version");
        Runtime runtime = Runtime.getRuntime();
        cores = runtime.availableProcessors();
        freeMiB = (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) >> 20;
        blas = Blas.name();
        blasThreads = Blas.threads();
        convolution = Convolutions.name();
        processor = processor();
        selfTest = GemmCheck.run(Math.max(2, cores), rounds);
        kind = KIND;
    }

    /** Examines this process with so many rounds of the self-test. */
    public static Checkup here(int rounds) throws IOException {
        return new Checkup(rounds);
    }

    /** The kind of this process. */
    static String kind() {
        return KIND;
    }

    /**
     * Examines wherever Spark computes; what kind all are, or null where mixed ones are allowed. Throws where they
     * differ.
     */
    public static String agreed(JavaSparkContext spark, int rounds, boolean allowMixed) throws IOException {
        boolean local = spark.isLocal() && !spark.master().startsWith("local-cluster");
        List<Checkup> checkups = local ? List.of(here(rounds)) : everywhere(spark, rounds);
        agree(checkups, allowMixed);
        return allowMixed ? null : checkups.get(0).kind;
    }

    /** Examines every executor that Spark has now, by name. */
    public static List<Checkup> everywhere(JavaSparkContext spark, int rounds) {
        Map<String, Checkup> found = new TreeMap<>();
        long end = System.nanoTime() + PATIENCE;
        while (found.isEmpty() || System.nanoTime() < end) {
            int executors =
                    Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1); // the driver is one of them
            if (found.size() >= executors) break;
            int tasks = TASKS_PER_EXECUTOR * executors;
            List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
            for (Checkup checkup :
                    spark.parallelize(numbers, tasks).map(new Examine(rounds)).collect())
                found.put(checkup.executor, checkup);
        }
        return new ArrayList<>(found.values());
    }

    private record Examine(int rounds) implements Function<Integer, Checkup> {
        @Override
        public Checkup call(Integer task) throws IOException {
            return here(rounds);
        }
    }

    /** Throws where two processes would compute different bits, or one fails the self-test. */
    static void agree(List<Checkup> checkups, boolean allowMixed) {
        Checkup first = checkups.get(0);
        for (Checkup other : checkups) {
            if (!other.selfTest.equals("passed"))
                throw new SpecException("executor " + other.executor + " on " + other.host + ": self-test "
                        + other.selfTest + "; see firesteel doctor, or force another library with FIRESTEEL_BLAS");
            if (!allowMixed && !other.kind.equals(first.kind))
                throw new SpecException("executor " + other.executor + " on " + other.host
                        + " would compute other bits: it has " + other.kind
                        + ", executor " + first.executor + " on " + first.host + " has " + first.kind
                        + "; take machines of one kind, force FIRESTEEL_BLAS, FIRESTEEL_CONVOLUTION and "
                        + "FIRESTEEL_WINOGRAD, "
                        + "or say --allow-mixed");
        }
    }

    private static String kindHere() {
        try {
            return Blas.name() + " + " + Convolutions.name() + " on " + processor();
        } catch (IOException e) {
            return Blas.name() + " + " + Convolutions.name() + " on " + System.getProperty("os.arch");
        }
    }

    /** What native libraries choose their kernels by: maker, family and vector units. */
    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        String machine = System.getProperty("os.arch");
        if (!Files.isReadable(file)) return machine;
        try (Stream<String> lines = Files.lines(file)) {
            Map<String, String> first = new TreeMap<>();
            lines.takeWhile(line -> !line.isBlank())
                    .map(line -> line.split("\\s*:\\s*", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> first.put(pair[0], pair[1]));
            List<String> units = Stream.of(
                            "avx2", "fma", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16", "amx_tile")
                    .filter(List.of(first.getOrDefault("flags", "").split(" "))::contains)
                    .toList();
            return machine + " " + first.get("vendor_id") + " family " + first.get("cpu family") + " model "
                    + first.get("model") + " " + units;
        }
    }
}
