package io.firesteel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Seconds of {@code fit} and peak memory to a test accuracy of 0.85 on full Fashion-MNIST, of {@code NetClassifier}
 * against Spark's {@code MultilayerPerceptronClassifier}: the same 784-100-10 net, the same Parquet table, the same
 * BLAS, local[2]. Each fit has a JVM of its own with the same heap, and the contenders take turns. Each runs the number
 * of iterations that it needs; {@code tune} finds these settings.
 *
 * <p>{@code FitRace IDX_FOLDER TABLES ROUNDS [tune]}
 */
public final class FitRace {
    private static final double GOAL = 0.85;
    private static final List<String> THEIRS = List.of("1024", "65"), OURS = List.of("256", "0.01", "Cosine", "400");

    private FitRace() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String tables = args[1];
        if (!Files.isDirectory(Path.of(tables, "t10k"))) run("table", args[0], tables);
        System.out.printf(
                "machine: %s, %d cores, Java %s, -Xmx4g%n",
                processor(), Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
        if (args.length > 3) {
            for (String settings : Arrays.copyOfRange(args, 3, args.length)) one(settings.split(":"), tables, "1");
            return;
        }
        List<JsonNode> theirs = new ArrayList<>(), ours = new ArrayList<>();
        for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
            theirs.add(one(words("mllib", THEIRS), tables, round + ""));
            ours.add(one(words("firesteel", OURS), tables, round + ""));
        }
        System.out.printf("%n%-24s %12s %12s %8s%n", "median of " + args[2], "mllib", "firesteel", "ratio");
        compare("seconds of fit", theirs, ours, line -> line.get("fitSeconds").doubleValue());
        compare(
                "processor seconds of fit",
                theirs,
                ours,
                line -> line.get("fitCpuSeconds").doubleValue());
        compare(
                "peak resident MiB",
                theirs,
                ours,
                line -> line.get("peakResidentMiB").doubleValue());
        compare(
                "peak heap after GC MiB",
                theirs,
                ours,
                line -> line.get("peakHeapAfterGcMiB").doubleValue());
        System.out.printf(
                Locale.ROOT,
                "%-24s %12.4f %12.4f   wanted %.2f%n",
                "lowest test accuracy",
                lowest(theirs),
                lowest(ours),
                GOAL);
    }

    private static String[] words(String name, List<String> settings) {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(settings);
        return words.toArray(String[]::new);
    }

    private static JsonNode one(String[] settings, String tables, String seed)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(settings));
        words.add(1, tables);
        words.add(seed);
        JsonNode line = run(words.toArray(String[]::new));
        System.out.printf(
                Locale.ROOT,
                "%-36s seed %s %7.2f s  cpu %7.2f s  accuracy %.4f  resident %5d MiB  heap %5d MiB  %s%n",
                String.join(" ", settings),
                seed,
                line.get("fitSeconds").doubleValue(),
                line.get("fitCpuSeconds").doubleValue(),
                line.get("accuracy").doubleValue(),
                line.get("peakResidentMiB").intValue(),
                line.get("peakHeapAfterGcMiB").intValue(),
                line.has("phases") ? line.get("phases") : "");
        return line;
    }

    private static JsonNode run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Xm"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx4g", "-cp", System.getProperty("java.class.path"), TimedFit.class.getName()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException(String.join(" ", words) + " failed: " + output);
        String line = output.lines()
                .filter(each -> each.startsWith(TimedFit.MARK))
                .findFirst()
                .orElse(TimedFit.MARK + "{}");
        return new ObjectMapper().readTree(line.substring(TimedFit.MARK.length()));
    }

    private static void compare(
            String what, List<JsonNode> theirs, List<JsonNode> ours, ToDoubleFunction<JsonNode> value) {
        double their = median(theirs, value), our = median(ours, value);
        System.out.printf(Locale.ROOT, "%-24s %12.2f %12.2f %8.3f%n", what, their, our, our / their);
    }

    private static double median(List<JsonNode> lines, ToDoubleFunction<JsonNode> value) {
        double[] sorted = lines.stream().mapToDouble(value).sorted().toArray();
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }

    private static double lowest(List<JsonNode> lines) {
        return lines.stream()
                .mapToDouble(line -> line.get("accuracy").doubleValue())
                .min()
                .orElseThrow();
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
