package io.firesteel.internal.cluster;

import io.firesteel.internal.kernel.Blas;
import io.firesteel.internal.kernel.GemmCheck;
import io.firesteel.internal.kernel.OpenBlasCore;
import io.firesteel.internal.kernel.conv.Convolutions;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * What one process computes with: everything that affects its floating-point results, and whether it passes the
 * self-test.
 */
public final class ProcessCheck implements Serializable {
    private static final long serialVersionUID = 1;
    private static final long PATIENCE = 10_000_000_000L; // nanoseconds: executors that are starting take no tasks yet
    private static final int TASKS_PER_EXECUTOR = 8;
    private static String known; // found when first asked for, since a forced library may be refused

    /** Spark's name of the process: {@code driver}, {@code 0}, {@code 1}, ... */
    public final String executor;

    public final String host;
    public final String java;
    public final int cores;
    /** Free heap, in MiB. */
    public final long freeMiB;

    public final String blas;
    /** For which processor OpenBLAS's kernels are; empty where the library does not tell. */
    public final String blasCore;

    public final int blasThreads;
    public final String convolution;
    public final String processor;
    /** "passed", or what differed. */
    public final String selfTest;
    /** Processes with equal fingerprints compute the same bits. */
    public final String fingerprint;
    /** What makes this process slower than it could be, a sentence each. */
    public final List<String> warnings;

    private ProcessCheck(int rounds) throws IOException {
        SparkEnv spark = SparkEnv.get();
        executor = spark == null ? "driver" : spark.executorId();
        host = InetAddress.getLocalHost().getHostName();
        java = System.getProperty("java.version");
        Runtime runtime = Runtime.getRuntime();
        cores = runtime.availableProcessors();
        freeMiB = (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) >> 20;
        blas = Blas.name();
        blasCore = Blas.core();
        blasThreads = Blas.threads();
        convolution = Convolutions.name();
        Processor found = Processor.here();
        processor = found.kind();
        warnings = OpenBlasCore.warnings(blasCore, System.getenv(), found.flags());
        selfTest = GemmCheck.run(Math.max(2, cores), rounds);
        fingerprint = fingerprint();
    }

    /** Checks this process with so many rounds of the self-test. */
    public static ProcessCheck here(int rounds) throws IOException {
        return new ProcessCheck(rounds);
    }

    /** The fingerprint of this process. */
    public static synchronized String fingerprint() {
        if (known == null) known = fingerprintHere();
        return known;
    }

    /**
     * Checks every process that Spark computes in; returns their common fingerprint, or null if mixed ones are allowed.
     * Throws if they differ.
     */
    public static String agreed(JavaSparkContext spark, int rounds, boolean allowMixed) throws IOException {
        boolean local = SparkCluster.isOneProcess(spark);
        List<ProcessCheck> checks = local ? List.of(here(rounds)) : everywhere(spark, rounds);
        agree(checks, allowMixed);
        return allowMixed ? null : checks.get(0).fingerprint;
    }

    /** Checks every executor that Spark has now; sorted by executor id. */
    public static List<ProcessCheck> everywhere(JavaSparkContext spark, int rounds) {
        Map<String, ProcessCheck> found = new TreeMap<>();
        long end = System.nanoTime() + PATIENCE;
        while (found.isEmpty() || System.nanoTime() < end) {
            int executors = SparkCluster.executors(spark);
            if (found.size() >= executors) break;
            int tasks = TASKS_PER_EXECUTOR * executors;
            List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
            for (ProcessCheck check :
                    spark.parallelize(numbers, tasks).map(new Examine(rounds)).collect())
                found.put(check.executor, check);
        }
        return new ArrayList<>(found.values());
    }

    private record Examine(int rounds) implements Function<Integer, ProcessCheck> {
        @Override
        public ProcessCheck call(Integer task) throws IOException {
            return here(rounds);
        }
    }

    /** Throws if two processes would compute different bits, or one fails the self-test. */
    public static void agree(List<ProcessCheck> checks, boolean allowMixed) {
        ProcessCheck first = checks.get(0);
        for (ProcessCheck other : checks) {
            if (!other.selfTest.equals("passed"))
                throw new SpecException("executor " + other.executor + " on " + other.host + ": self-test "
                        + other.selfTest + "; see firesteel doctor, or force another library with FIRESTEEL_BLAS");
            if (!allowMixed && !other.fingerprint.equals(first.fingerprint))
                throw new SpecException("executor " + other.executor + " on " + other.host
                        + ": its kernels give different floating-point results: it has " + other.fingerprint
                        + ", executor " + first.executor + " on " + first.host + " has " + first.fingerprint
                        + "; use machines of one kind, force FIRESTEEL_BLAS, FIRESTEEL_CONVOLUTION and "
                        + "FIRESTEEL_WINOGRAD, "
                        + "or pass --allow-mixed");
        }
    }

    private static String fingerprintHere() {
        String kernels = Blas.nameAndCore() + " + " + Convolutions.name() + " on ";
        try {
            return kernels + Processor.here().kind();
        } catch (IOException e) {
            return kernels + System.getProperty("os.arch");
        }
    }

    /** True when results of a process of kind {@code was} may be continued in one of kind {@code now}. */
    public static boolean sameKind(String was, String now) {
        return was.equals(now) || was.equals(withoutCore(now));
    }

    /** {@code text} as files have it that were written before fingerprints named the core. */
    private static String withoutCore(String text) {
        return text.replaceFirst("openblas \\(\\w+\\)", "openblas");
    }
}
