package io.firesteel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.OutputFile;
import io.firesteel.spec.SpecException;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "train", mixinStandardHelpOptions = true, description = "Trains the model of a run file.")
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN.json", description = "the experiment: data, model, loss, optimizer, ...")
    private String file;

    @Option(
            names = "--set",
            paramLabel = "path=value",
            description = "overrides a value of the run file: optimizer.momentum=0.8")
    private List<String> overrides = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "output folder (default: runs/NAME-1, -2, ...)")
    private String out;

    @Option(
            names = "--gradients",
            paramLabel = "SOURCE",
            description = "auto, in-process, spark-persistent, spark or spark-slices (default: auto)")
    private String gradients = "auto";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Spark partitions, at most one per shard (default: one per core)")
    private int partitions;

    @Option(names = "--resume", description = "resume from the newest checkpoint in --out")
    private boolean resume;

    @Option(names = "--allow-mixed", description = "allow machines that compute different bits")
    private boolean allowMixed;

    @Override
    public Integer call() throws IOException {
        Run run = Run.read(file, overrides);
        Training training = new Training(run);
        String folder = out == null ? freeFolder() : out;
        if (resume && out == null) throw new SpecException("--resume: give --out, the folder of the run to resume");
        Training.Options options = new Training.Options(
                folder, gradients, partitions, System.out, Terminal.isAttached(), resume, allowMixed);
        options.check();
        OutputFile.apart("--out", folder, run.data().train().paths());
        if (run.data().test() != null)
            OutputFile.apart("--out", folder, run.data().test().paths());
        HadoopFiles.writable(folder);
        try (JavaSparkContext spark = new JavaSparkContext(training.sparkConf())) {
            report(training.train(spark, options).summary(), folder);
        } finally {
            HadoopFiles.deleteIfEmpty(folder); // where bad rows ended the run before its first step
        }
        return 0;
    }

    /** The first of runs/NAME-1, runs/NAME-2, ... that does not exist; NAME is the run file's folder. */
    private String freeFolder() throws IOException {
        String parent = HadoopFiles.folder(HadoopFiles.resolve("", file));
        String last = parent.substring(parent.lastIndexOf('/') + 1), name = "runs/" + (last.isEmpty() ? "run" : last);
        int number = 1;
        while (HadoopFiles.exists(name + "-" + number)) number++;
        return name + "-" + number;
    }

    private static void report(JsonNode summary, String folder) {
        System.out.printf(
                Locale.ROOT,
                "done  %d steps in %.1f s of training, %,.0f rows/s, %s, %s + %s%n",
                summary.get("steps").longValue(),
                summary.get("trainSeconds").doubleValue(),
                summary.get("examplesPerSecond").doubleValue(),
                summary.get("gradients").textValue(),
                summary.at("/kernels/gemm").textValue(),
                summary.at("/kernels/convolution").textValue());
        for (String rows : List.of("train", "val", "test")) metrics(summary.get("metrics"), rows);
        System.out.printf(
                Locale.ROOT,
                "weights %s%nwritten to %s%n",
                summary.get("weightsSha256").textValue(),
                folder);
    }

    /** The metrics of one kind of rows on a line of their own. */
    private static void metrics(JsonNode metrics, String rows) {
        StringBuilder line = new StringBuilder();
        for (var metric : metrics.properties())
            if (metric.getKey().startsWith(rows))
                line.append(String.format(
                        Locale.ROOT,
                        "  %s %.4f",
                        metric.getKey(),
                        metric.getValue().doubleValue()));
        if (!line.isEmpty()) System.out.println(line.substring(2));
    }
}
