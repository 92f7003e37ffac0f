package io.firesteel.cli;

import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.kernel.Blas;
import io.firesteel.internal.kernel.conv.Convolutions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Prints which Java, Spark and native libraries are in use here and, with --master, on "
                + "every executor, "
                + "and tests them.")
final class DoctorCommand implements Callable<Integer> {
    private static final int ROUNDS = 20;

    @Option(names = "--require-native", description = "fail unless the BLAS is a native library")
    private boolean requireNative;

    @Override
    public Integer call() throws IOException {
        ProcessCheck here = ProcessCheck.here(ROUNDS);
        line(
                "java",
                here.java + " " + System.getProperty("java.vm.name") + ", " + here.cores + " cores, " + here.freeMiB
                        + " MiB of heap free");
        line("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
        line("processor", here.processor);
        line("blas", blas(here) + ", threads per call: " + (here.blasThreads > 0 ? here.blasThreads : "not known"));
        for (String warning : here.warnings) line("warning", warning);
        for (String refusal : Blas.refusals()) line("", "rejected: " + refusal);
        line("convolution", here.convolution);
        for (String refusal : Convolutions.refusals()) line("", "rejected: " + refusal);
        line("self-test", "concurrent GEMM on " + Math.max(2, here.cores) + " threads: " + here.selfTest);
        boolean healthy = here.selfTest.equals("passed");
        String master = new SparkConf().get("spark.master", "local");
        if (!master.matches("local(\\[.*)?")) healthy &= executors();
        if (requireNative && !Blas.isNative()) {
            System.err.println("firesteel: --require-native: the BLAS is " + here.blas
                    + ", which is not native; see the lines above");
            return Firesteel.FAILED;
        }
        return healthy ? 0 : Firesteel.FAILED;
    }

    /** Prints a row per executor; true if all pass and have the same fingerprint. */
    private static boolean executors() {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("firesteel doctor"))) {
            List<ProcessCheck> all = ProcessCheck.everywhere(spark, ROUNDS);
            String format = "%-9s %-20s %-10s %5s %9s  %-31s %-20s %-10s %s%n";
            System.out.println();
            System.out.printf(
                    Locale.ROOT,
                    format,
                    "executor",
                    "host",
                    "java",
                    "cores",
                    "free MiB",
                    "blas",
                    "convolution",
                    "self-test",
                    "processor");
            for (ProcessCheck one : all)
                System.out.printf(
                        Locale.ROOT,
                        format,
                        one.executor,
                        one.host,
                        one.java,
                        one.cores,
                        one.freeMiB,
                        blas(one),
                        one.convolution,
                        one.selfTest,
                        one.processor);
            for (ProcessCheck one : all)
                for (String warning : one.warnings) line("warning", "executor " + one.executor + ": " + warning);
            long kinds = all.stream().map(one -> one.fingerprint).distinct().count();
            System.out.println(
                    kinds == 1
                            ? "all executors compute the same bits"
                            : kinds + " kinds of executors that compute different bits; train refuses them "
                                    + "without --allow-mixed");
            return kinds == 1 && all.stream().allMatch(one -> one.selfTest.equals("passed"));
        }
    }

    private static String blas(ProcessCheck one) {
        return one.blasCore.isEmpty() ? one.blas : one.blas + " (" + one.blasCore + " kernels)";
    }

    private static void line(String what, String found) {
        System.out.printf(Locale.ROOT, "%-12s %s%n", what, found);
    }
}
