package io.firesteel.modelfile;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.OutputFile;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.WeightsFile;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A model with its weights, and the folder that holds both: {@code model.json} and {@code weights.safetensors}, beside
 * them its card.
 *
 * @param card the text of {@code README.md}
 */
public record SavedModel(ModelSpec model, float[] params, String card) {
    private static final String SPEC = "/model.json";
    private static final String WEIGHTS = "/weights.safetensors";
    private static final String CARD = "/README.md";

    /** A model whose card says no more than the model does. */
    public SavedModel(ModelSpec model, float[] params) {
        this(model, params, ModelCard.of(model, params, ""));
    }

    /** A model whose card has a sentence on where it comes from. */
    public static SavedModel from(ModelSpec model, float[] params, String origin) {
        return new SavedModel(model, params, ModelCard.of(model, params, origin));
    }

    /** Writes the folder aside and then renames it, so that it is there whole or not at all. */
    public void save(String folder) throws IOException {
        try (OutputFile written = new OutputFile(folder)) {
            write(written.aside() + SPEC, Specs.text(model));
            try (OutputStream out = HadoopFiles.create(written.aside() + WEIGHTS)) {
                WeightsFile.write(model.layout(), params, out);
            }
            write(written.aside() + CARD, card);
            written.complete();
        }
    }

    /** The files that {@link #load} reads. */
    public static List<String> files(String given) throws IOException {
        String folder = folder(given);
        return List.of(folder + SPEC, folder + WEIGHTS, folder + CARD);
    }

    private static String folder(String given) throws IOException {
        return HadoopFiles.exists(given + "/model" + SPEC) ? given + "/model" : given;
    }

    /** Reads a model folder, or the output folder of a run that has one in it. */
    public static SavedModel load(String given) throws IOException {
        String folder = folder(given), spec = folder + SPEC, weights = folder + WEIGHTS;
        try (InputStream data = HadoopFiles.open(weights)) {
            ModelSpec model = Specs.read(spec, Specs.parse(spec, HadoopFiles.text(spec)), ModelSpec.class);
            float[] params = WeightsFile.read(weights, model.layout(), data);
            WeightsFile.finite(weights, model.layout(), params);
            return HadoopFiles.exists(folder + CARD)
                    ? new SavedModel(model, params, HadoopFiles.text(folder + CARD))
                    : new SavedModel(model, params);
        }
    }

    public static void write(String path, String text) throws IOException {
        try (OutputStream out = HadoopFiles.create(path)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
