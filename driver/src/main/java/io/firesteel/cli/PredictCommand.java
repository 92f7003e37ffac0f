package io.firesteel.cli;

import io.firesteel.infer.Inference;
import io.firesteel.internal.files.OutputFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.source.Source;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Writes a saved model's predictions for every row.")
final class PredictCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "a run's output folder, or a saved model's folder")
    private String folder;

    @Mixin
    private DataOption data;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "NAME.csv, NAME.jsonl or NAME.parquet")
    private String out;

    @Option(
            names = "--features",
            split = ",",
            paramLabel = "COLUMN",
            description = "of a table: the feature columns, in the order in which the model takes them (default: all)")
    private List<String> features = List.of();

    @Option(
            names = "--except",
            split = ",",
            paramLabel = "COLUMN",
            description = "of a table: columns that are not features")
    private List<String> except = List.of();

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "COLUMN",
            description = "of a table: the columns to copy to the output (default: all)")
    private List<String> keep = List.of();

    @Override
    public Integer call() throws IOException {
        OutputFile.spares("--out", out, SavedModel.files(folder));
        PredictionFile.check(out);
        SavedModel saved = SavedModel.load(folder);
        long rows = TablePredictor.isTable(data.spec())
                ? new TablePredictor(saved, data.spec(), features, except, keep).write(out)
                : rows(saved);
        System.out.println(rows + " predictions written to " + out);
        return 0;
    }

    /** Predicts a source with labels, row by row; returns how many rows. */
    private long rows(SavedModel saved) throws IOException {
        Source source = data.source(saved.model());
        OutputFile.apart("--out", out, source.paths());
        long[] rows = {0};
        try (OutputFile written = new OutputFile(out)) {
            try (PredictionFile file = PredictionFile.create(out, written.aside(), saved.model())) {
                new Inference(saved).predict(source, (row, targets, outputs, from) -> {
                    file.write(row, targets, outputs, from);
                    rows[0]++;
                });
            }
            written.complete();
        }
        return rows[0];
    }
}
