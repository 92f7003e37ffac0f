package io.firesteel.cli;

import io.firesteel.exchange.OnnxFile;
import io.firesteel.exchange.StateDict;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.OutputFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export", mixinStandardHelpOptions = true, description = "Exports a saved model for other runtimes.")
final class ExportCommand implements Callable<Integer> {
    private interface Format {
        void write(SavedModel saved, OutputStream out) throws IOException;
    }

    private static final Map<String, Format> FORMATS =
            new TreeMap<>(Map.of("onnx", OnnxFile::write, "safetensors", StateDict::write));

    @Parameters(paramLabel = "MODEL", description = "a run's output folder, or a saved model's folder")
    private String folder;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "onnx; or safetensors, the state dict of PyTorch's nn.Sequential of the same layers")
    private String format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the file to write")
    private String out;

    @Override
    public Integer call() throws IOException {
        if (!FORMATS.containsKey(format))
            throw new SpecException("--format " + format + ": wanted one of " + FORMATS.keySet());
        OutputFile.spares("--out", out, SavedModel.files(folder));
        OutputFile.file("--out", out);
        SavedModel saved = SavedModel.load(folder);
        try (OutputFile written = new OutputFile(out)) {
            try (OutputStream file = HadoopFiles.create(written.aside())) {
                FORMATS.get(format).write(saved, file);
            }
            written.complete();
        }
        System.out.println("written to " + out);
        return 0;
    }
}
