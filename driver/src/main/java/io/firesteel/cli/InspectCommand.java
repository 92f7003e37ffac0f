package io.firesteel.cli;

import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.layer.Layer;
import io.firesteel.model.ModelSpec;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.train.ResourceEstimate;
import io.firesteel.train.Run;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Prints layers, shapes, parameters, memory and communication before anything runs.")
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL-or-RUN", description = "a run file, or a run's output folder")
    private String path;

    @Option(names = "--set", paramLabel = "path=value", description = "overrides a value of the run file")
    private List<String> overrides = List.of();

    @Override
    public Integer call() throws IOException {
        boolean isFolder = HadoopFiles.exists(path + "/model.json") || HadoopFiles.exists(path + "/model/model.json");
        if (isFolder) {
            layers(SavedModel.load(path).model());
            return 0;
        }
        Run run = Run.read(path, overrides);
        ModelSpec model = run.model(run.data().train().schema());
        layers(model);
        ResourceEstimate plan = ResourceEstimate.of(run, model);
        System.out.printf(
                Locale.ROOT,
                """

        a step of %,d rows on %d shards: at most %d rows per shard, passes of at most %d rows
        memory  parameters %s, optimizer %s, one program per thread %s, gradients per thread %s
        wire    broadcast %s to each executor, at most %s from each task
        """,
                run.batch(),
                run.shards(),
                plan.shardRows(),
                plan.passRows(),
                bytes(plan.paramBytes()),
                bytes(plan.slotBytes()),
                bytes(plan.programBytes()),
                bytes(plan.gradientBytes()),
                bytes(plan.paramBytes()),
                bytes(plan.gradientBytes()));
        return 0;
    }

    private static void layers(ModelSpec model) {
        ParamLayout layout = model.layout();
        System.out.printf(Locale.ROOT, "%-22s %-12s %12s  %s%n", "layer", "output", "parameters", "slices");
        System.out.printf(Locale.ROOT, "%-22s %-12s %12s%n", "input", model.input(), "");
        inside("", "", model.net(), model.input(), layout);
        System.out.printf(Locale.ROOT, "%-22s %-12s %,12d%n", "total", "", layout.size());
    }

    /** Prints the layers that {@code layer} is made of, each with those inside it below. */
    private static void inside(String indent, String path, Layer layer, Shape in, ParamLayout layout) {
        for (Layer.Child child : layer.children(in)) {
            String prefix = path + child.name() + "/";
            boolean nests = !child.layer().children(child.in()).isEmpty();
            List<ParamSlice> params = layout.params().stream()
                    .filter(param -> param.name().startsWith(prefix))
                    .toList();
            long size = params.stream().mapToLong(param -> param.shape().size()).sum();
            String slices = nests ? "" : slices(prefix, params), name = indent + child.name();
            System.out.printf(Locale.ROOT, "%-22s %-12s %,12d  %s%n", name, child.output(), size, slices);
            inside(indent + "  ", prefix, child.layer(), child.in(), layout);
        }
    }

    private static String slices(String prefix, List<ParamSlice> params) {
        return params.stream()
                .map(param -> param.name().substring(prefix.length()) + " [" + param.shape() + "]")
                .collect(Collectors.joining(", "));
    }

    private static String bytes(long bytes) {
        return bytes < 10_000
                ? bytes + " B"
                : bytes < 10_000_000
                        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
