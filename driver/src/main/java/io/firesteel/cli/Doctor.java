package io.firesteel.cli;

import io.firesteel.kernel.Blas;
import io.firesteel.kernel.Convolutions;
import io.firesteel.kernel.GemmCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Prints which Java, Spark and native libraries are in use, and tests them.") final class Doctor
    implements
      Callable<Integer> {
  private static final int ROUNDS = 20;

  @Option(names = "--require-native", description = "fail unless the BLAS is a native library") private boolean requireNative;

  @Override public Integer call() {
    int cores = Runtime.getRuntime().availableProcessors(), threads = Math.max(4, cores);
    line("java",
        System.getProperty("java.version") + " " + System.getProperty("java.vm.name") + ", "
            + System.getProperty("os.name") + " "
            + System.getProperty("os.arch") + ", " + cores + " cores, heap "
            + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
    line("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    line("blas",
        Blas.name() + (Blas.threads() > 0 ? ", threads a call: " + Blas.threads() : ", threads a call: not told"));
    for (String refusal : Blas.refusals()) line("", "passed over " + refusal);
    line("convolution", Convolutions.provider().name());
    String check = GemmCheck.run(threads, ROUNDS);
    line("self-test", "concurrent GEMM on " + threads + " threads: " + check);
    if (requireNative && !Blas.isNative()) {
      System.err.println(
          "firesteel: --require-native: the BLAS is " + Blas.name() + ", which is not native; see the lines above");
      return Firesteel.FAILED;
    }
    return check.equals("passed") ? 0 : Firesteel.FAILED;
  }

  private static void line(String what, String found) { System.out.printf("%-12s %s%n", what, found); }
}
