package io.firesteel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.exchange.StateDict;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.model.ModelSpec;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Makes a saved model from weights trained with PyTorch.")
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "WEIGHTS.safetensors", description = "a state dict written by safetensors.torch.save_file")
    private String weights;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "SPEC",
            description = "the layers: a run file, a model.json, or a folder with one")
    private String spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of the new model")
    private String out;

    @Option(
            names = "--map",
            paramLabel = "MODULE=LAYER",
            description = "MODULE=LAYER, as in fc1=7-Dense, where shapes and names do not decide")
    private Map<String, String> map = Map.of();

    @Override
    public Integer call() throws IOException {
        if (HadoopFiles.exists(out))
            throw new SpecException(out + ": exists already; give another --out, or remove it");
        ModelSpec model = model();
        try (InputStream in = HadoopFiles.open(weights)) {
            StateDict.Imported imported = StateDict.read(weights, model, map, in);
            imported.layers().forEach((module, layer) -> System.out.println(module + " -> " + layer));
            SavedModel.from(model, imported.params(), "The weights were imported from `" + weights + "`.")
                    .save(out);
        }
        System.out.println("written to " + out);
        return 0;
    }

    private ModelSpec model() throws IOException {
        for (String folder : List.of(spec + "/model/model.json", spec + "/model.json"))
            if (HadoopFiles.exists(folder)) return Specs.read(folder, tree(folder), ModelSpec.class);
        if (tree(spec).has("net")) return Specs.read(spec, tree(spec), ModelSpec.class);
        Run run = Run.read(spec, List.of());
        return run.model(run.data().train().schema());
    }

    private static JsonNode tree(String path) throws IOException {
        return Specs.parse(path, HadoopFiles.text(path));
    }
}
