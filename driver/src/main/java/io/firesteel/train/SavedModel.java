package io.firesteel.train;

import io.firesteel.data.Storage;
import io.firesteel.model.Model;
import io.firesteel.model.Weights;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A model with its weights, and the folder that holds both: {@code model.json} and {@code weights.safetensors}. */
public record SavedModel(Model model, float[] params) {
  private static final String SPEC = "/model.json";
  private static final String WEIGHTS = "/weights.safetensors";

  /** Writes the folder aside and then renames it, so that it is there whole or not at all. */
  public void save(String folder) throws IOException {
    String aside = folder + ".part";
    Storage.delete(aside);
    write(aside + SPEC, Specs.text(model));
    try (OutputStream out = Storage.create(aside + WEIGHTS)) {
      Weights.write(model.layout(), params, out);
    }
    Storage.delete(folder);
    Storage.move(aside, folder);
  }

  /** Reads a model folder, or the output folder of a run that has one in it. */
  public static SavedModel load(String given) throws IOException {
    String folder = Storage.exists(given + "/model" + SPEC) ? given + "/model" : given;
    String spec = folder + SPEC, weights = folder + WEIGHTS;
    try (InputStream text = Storage.open(spec); InputStream data = Storage.open(weights)) {
      Model model = Specs.read(spec, Specs.parse(spec, new String(text.readAllBytes(), StandardCharsets.UTF_8)),
          Model.class);
      return new SavedModel(model, Weights.read(weights, model.layout(), data));
    }
  }

  static void write(String path, String text) throws IOException {
    try (OutputStream out = Storage.create(path)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
