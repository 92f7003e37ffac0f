package io.firesteel.cli;

import io.firesteel.data.Source;
import io.firesteel.data.Storage;
import io.firesteel.train.Inference;
import io.firesteel.train.SavedModel;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "predict", mixinStandardHelpOptions = true, description = "Writes a saved model's prediction for every row.") final class Predict
    implements
      Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "a run's output folder, or the model folder in it") private String folder;

  @Mixin private DataOption data;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "NAME.csv, NAME.jsonl or NAME.parquet") private String out;

  @Override public Integer call() throws IOException {
    SavedModel saved = SavedModel.load(folder);
    Source source = data.source(saved.model());
    String aside = out + ".part";
    long[] rows = {0};
    try (PredictionFile file = PredictionFile.create(out, aside, saved.model())) {
      new Inference(saved).predict(source, (row, targets, outputs, from) -> {
        file.write(row, targets, outputs, from);
        rows[0]++;
      });
    } catch (IOException | RuntimeException e) {
      Storage.delete(aside);
      throw e;
    }
    Storage.delete(out);
    Storage.move(aside, out);
    System.out.println(rows[0] + " predictions written to " + out);
    return 0;
  }
}
