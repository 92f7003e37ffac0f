package io.firesteel.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.firesteel.array.Random64;
import io.firesteel.internal.kernel.Blas;
import io.firesteel.internal.kernel.Gemm;
import io.firesteel.internal.kernel.conv.Convolutions;
import io.firesteel.model.ModelSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forward, backward and update against libtorch: one thread each, alternating in one run, so that disturbances of the
 * machine affect both alike. A ratio above 1 means that Firesteel is faster; the column cpu is the ratio of processor
 * times. Operations are those of direct convolution, of which Winograd needs fewer: "of peak" may exceed 1.
 *
 * <p>{@code StepRace [nets] [batches] [seconds of warm-up] [pairs] [JSON file]}, for example {@code StepRace cnn,vgg 64
 * 10 12 steps.json}.
 */
public final class StepRace {
    private static final float RATE = 0.01f;
    private static final double SLICE_SECONDS = 0.3; // per side of a pair, at least

    private StepRace() {}

    public static void main(String[] args) throws IOException {
        String nets = args.length > 0 ? args[0] : "mlp,lenet,cnn,vgg",
                batches = args.length > 1 ? args[1] : "32,64,256";
        int warmSeconds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        int pairs = args.length > 3 ? Integer.parseInt(args[3]) : 12;

        Map<String, Object> report = machine();
        double peak = peak();
        report.put("sgemmGflops", round(peak));
        report.forEach((key, value) -> System.out.println(key + ": " + value));
        System.out.printf(
                "%n%-6s %5s %9s %9s %7s %7s %7s %7s %8s %7s %7s%n",
                "net", "batch", "rows/s", "libtorch", "ratio", "min", "max", "cpu", "GFLOP/s", "of peak", "MB");
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String net : nets.split(","))
            for (String batch : batches.split(","))
                lines.add(pairs(net, BenchmarkNets.all().get(net), Integer.parseInt(batch), warmSeconds, pairs, peak));
        report.put("steps", lines);
        if (args.length > 4)
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(Path.of(args[4]).toFile(), report);
    }

    private static Map<String, Object> pairs(
            String net, ModelSpec model, int batch, int warmSeconds, int pairs, double peak) {
        Random64 random = new Random64(3);
        float[] weights = model.layout().init(1),
                x = new float[batch * model.input().size()],
                labels = new float[batch];
        for (int i = 0; i < x.length; i++) x[i] = (float) random.nextDouble();
        for (int i = 0; i < batch; i++) labels[i] = random.nextInt(10);
        TimedStep ours = new TimedStep(model, weights, batch, x, labels, RATE);
        TorchStep theirs = new TorchStep(model, weights, batch, x, labels, RATE);
        for (int i = 0; i < 4; i++) {
            double a = ours.step(), b = theirs.step(true);
            if (!(Math.abs(a - b) <= 1e-3 * Math.abs(b)))
                throw new IllegalStateException(
                        net + ": loss of step " + i + " is " + a + " here and " + b + " in libtorch");
        }
        long end = System.nanoTime() + warmSeconds * 1_000_000_000L;
        Time ourStep = null, theirStep = null;
        while (ourStep == null || System.nanoTime() < end) {
            ourStep = time(ours::step, 1);
            theirStep = time(() -> theirs.step(false), 1);
        }
        int repeats = (int) Math.max(1, Math.ceil(SLICE_SECONDS / Math.min(ourStep.cpu, theirStep.cpu)));
        double[] a = new double[pairs],
                b = new double[pairs],
                ratios = new double[pairs],
                cpuRatios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            ourStep = time(ours::step, repeats);
            theirStep = time(() -> theirs.step(false), repeats);
            a[i] = ourStep.wall;
            b[i] = theirStep.wall;
            ratios[i] = b[i] / a[i];
            cpuRatios[i] = theirStep.cpu / ourStep.cpu;
        }
        Arrays.sort(ratios);
        double ourRows = batch / median(a),
                theirRows = batch / median(b),
                gflops = BenchmarkNets.flops(model) * ourRows / 1e9;
        System.out.printf(
                "%-6s %5d %9.0f %9.0f %7.3f %7.3f %7.3f %7.3f %8.1f %6.0f%% %7.1f%n",
                net,
                batch,
                ourRows,
                theirRows,
                median(ratios),
                ratios[0],
                ratios[pairs - 1],
                median(cpuRatios),
                gflops,
                100 * gflops / peak,
                ours.bytes() / 1e6);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("net", net);
        line.put("batch", batch);
        line.put("rowsPerSecond", round(ourRows));
        line.put("libtorchRowsPerSecond", round(theirRows));
        line.put("ratio", round(median(ratios)));
        line.put("ratioMin", round(ratios[0]));
        line.put("ratioMax", round(ratios[pairs - 1]));
        line.put("cpuRatio", round(median(cpuRatios)));
        line.put("pairs", pairs);
        line.put("gflops", round(gflops));
        line.put("shareOfPeak", round(gflops / peak));
        line.put("programBytes", ours.bytes());
        return line;
    }

    /** Mean seconds of one run: wall time, and this thread's processor time, which other processes disturb less. */
    private record Time(double wall, double cpu) {}

    private static Time time(Runnable step, int repeats) {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime(), wall = System.nanoTime();
        for (int i = 0; i < repeats; i++) step.run();
        return new Time(
                (System.nanoTime() - wall) / 1e9 / repeats, (threads.getCurrentThreadCpuTime() - cpu) / 1e9 / repeats);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** GFLOP/s of the fastest of many large products. */
    private static double peak() {
        int n = 2048;
        float[] a = new float[n * n], b = a.clone(), c = a.clone();
        Arrays.fill(a, 1.5f);
        Arrays.fill(b, 0.5f);
        double best = 0;
        for (int i = 0; i < 20; i++)
            best = Math.max(best, 2.0 * n * n * n / 1e9 / time(() -> Gemm.ab(n, n, n, a, 0, b, 0, 0f, c, 0), 1).wall);
        return best;
    }

    private static Map<String, Object> machine() throws IOException {
        Map<String, Object> machine = new LinkedHashMap<>();
        Path cpu = Path.of("/proc/cpuinfo");
        machine.put(
                "cpu",
                !Files.exists(cpu)
                        ? System.getProperty("os.arch")
                        : Files.readAllLines(cpu).stream()
                                .filter(line -> line.startsWith("model name"))
                                .findFirst()
                                .map(line -> line.substring(line.indexOf(':') + 2))
                                .orElse("unknown"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        machine.put("blas", Blas.name() + ", " + Blas.threads() + " thread");
        machine.put("convolution", Convolutions.name());
        machine.put("libtorch", version("org/bytedeco/pytorch") + ", " + TorchStep.threads() + " thread");
        return machine;
    }

    private static String version(String artifact) throws IOException {
        var properties = new java.util.Properties();
        try (var in = StepRace.class.getResourceAsStream(
                "/META-INF/maven/" + artifact.replace("org/bytedeco", "org.bytedeco") + "/pom.properties")) {
            if (in == null) return "unknown";
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    private static double round(double value) {
        return Double.parseDouble(String.format("%.4g", value));
    }
}
