package io.firesteel.exchange;

import io.firesteel.model.ModelSpec;
import io.firesteel.model.WeightsFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A saved model as an ONNX file, operator set 17. Its input is {@code input}: float32 [rows, the model's shape], raw as
 * in the run's data, pixels divided by 255; the normalization is in the graph. Its output is {@code probabilities}
 * [rows, classes], or {@code values} [rows, outputs] where the loss has no probabilities. The metadata has the labels
 * in the order of the outputs, and the names of the feature columns in the order of the input.
 *
 * <pre>{@code
 * try (OutputStream out = Storage.create("lenet.onnx")) {
 *   OnnxFile.write(SavedModel.load("runs/fashion-lenet-1"), out);
 * }
 * }</pre>
 */
public final class OnnxFile {
    private static final int IR_VERSION = 8, OPERATORS = 17;

    private OnnxFile() {}

    /** Writes the file; does not close. */
    public static void write(SavedModel saved, OutputStream out) throws IOException {
        ModelSpec model = saved.model();
        OnnxGraph graph = OnnxNodes.graph(saved, "input", model.loss().predictionName());
        ProtobufMessage file = new ProtobufMessage()
                .put(1, IR_VERSION)
                .put(2, "firesteel")
                .put(7, graph.message())
                .put(8, new ProtobufMessage().put(2, OPERATORS));
        metadata(saved)
                .forEach((key, value) ->
                        file.put(14, new ProtobufMessage().put(1, key).put(2, value)));
        if (file.size() > Integer.MAX_VALUE)
            throw new SpecException(
                    "a model of " + file.size() + " bytes, ONNX takes 2^31-1; export it as safetensors");
        file.write(out);
    }

    private static Map<String, String> metadata(SavedModel saved) {
        Map<String, String> metadata = new LinkedHashMap<>();
        String axes =
                saved.model().input().rank() == 3 ? "rows, height, width, channels; pixels / 255" : "rows, features";
        metadata.put("input", "float32 [" + axes + "], not normalized");
        if (saved.model().classifies()) metadata.put("labels", labels(saved.model()));
        if (saved.model().columns() != null)
            metadata.put(
                    "features", Specs.write(saved.model().columns().names()).toString());
        metadata.put("weightsSha256", WeightsFile.sha256(saved.params()));
        return metadata;
    }

    /** A JSON list of the labels, or the names of the classes, in the order of the outputs. */
    private static String labels(ModelSpec model) {
        return model.classes().isEmpty()
                ? IntStream.range(0, model.outputs()).boxed().toList().toString()
                : Specs.write(model).get("classes").toString();
    }
}
