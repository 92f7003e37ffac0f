package io.firesteel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.data.Storage;
import io.firesteel.exchange.StateDict;
import io.firesteel.model.Model;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import io.firesteel.train.SavedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Makes a saved model of weights that PyTorch has trained.")
final class Import implements Callable<Integer> {
    @Parameters(
            paramLabel = "WEIGHTS.safetensors",
            description = "a state dict as safetensors.torch.save_file writes it")
    private String weights;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "SPEC",
            description = "the layers: a run file, a model.json, or a folder with one")
    private String spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of the model")
    private String out;

    @Option(
            names = "--map",
            paramLabel = "MODULE=LAYER",
            description = "which of their modules is which layer, fc1=7-Dense, where shapes and names do not tell")
    private Map<String, String> map = Map.of();

    @Override
    public Integer call() throws IOException {
        if (Storage.exists(out)) throw new SpecException(out + ": is there already; give another --out, or remove it");
        Model model = model();
        try (InputStream in = Storage.open(weights)) {
            StateDict.Imported imported = StateDict.read(weights, model, map, in);
            imported.layers().forEach((module, layer) -> System.out.println(module + " -> " + layer));
            SavedModel.from(model, imported.params(), "The weights were imported from `" + weights + "`.")
                    .save(out);
        }
        System.out.println("written to " + out);
        return 0;
    }

    private Model model() throws IOException {
        for (String folder : List.of(spec + "/model/model.json", spec + "/model.json"))
            if (Storage.exists(folder)) return Specs.read(folder, tree(folder), Model.class);
        return tree(spec).has("net") ? Specs.read(spec, tree(spec), Model.class) : run(Run.read(spec, List.of()));
    }

    private static Model run(Run run) throws IOException {
        return run.model(run.data().train().header());
    }

    private static JsonNode tree(String path) throws IOException {
        try (InputStream in = Storage.open(path)) {
            return Specs.parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
