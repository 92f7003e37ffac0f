package io.firesteel.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.firesteel.array.Floats;
import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.infer.Inference;
import io.firesteel.layer.Layer;
import io.firesteel.layer.LayerParser;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.AbsoluteError;
import io.firesteel.loss.BinaryCrossEntropy;
import io.firesteel.loss.Huber;
import io.firesteel.loss.Loss;
import io.firesteel.loss.Poisson;
import io.firesteel.loss.Quantile;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.model.WeightsFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime says of an exported model is what Firesteel says of it. */
class OnnxTest {
    private static final Normalization TWO = new Normalization(List.of(0.3, -0.1), List.of(0.5, 2.0));

    /** Nets that between them have every layer with every kind of kernel, stride and padding. */
    static Stream<ModelSpec> nets() {
        return Stream.of(
                classifier("5", "dense(3)"),
                classifier("5", "dense(4, bias=false) relu dropout(0.3) dense(3) tanh dense(4) sigmoid"),
                classifier("5", "leakyrelu(0.1) dense(4) elu(0.7) dense(3) softplus dense(4) silu dense(4) softmax"),
                classifier("5", "dense(4) gelu dense(4) gelu(true) dense(3)"),
                classifier("5x6x2", "softmax conv2d(3, 2x3) gelu softmax conv2d(4, 2) silu flatten softmax dense(4)"),
                classifier("5x6x2", "conv2d(3, 2x3) flatten dense(4)"),
                classifier("7x6x2", "conv2d(4, 3, stride=2x1, padding=same, bias=false) relu flatten dense(3)"),
                classifier("4x6x2", "conv2d(3, 3x2, stride=1x2, padding=1) tanh flatten dense(3)"),
                classifier("5x7x2", "conv2d(2, 3x5, stride=2, padding=1x2) sigmoid flatten dense(3)"),
                classifier("6x8x2", "conv2d(5, 2, stride=3) flatten dense(3)"), // valid rounds down
                classifier("3x4x2", "conv2d(2, 1, padding=2) flatten dense(3)"),
                classifier("5x6x2", "conv2d(3, 1, stride=3, padding=same) flatten dense(3)"),
                classifier("6x4x2", "maxpool2d(2) flatten dense(3)"),
                classifier("8x5x2", "maxpool2d(3x2, 2x1) flatten dense(3)"), // valid rounds down
                classifier("5x7x2", "maxpool2d(3, 2, padding=1) flatten dense(3)"),
                classifier("5x6x2", "maxpool2d(2x3, 2, padding=same) flatten dense(3)"),
                classifier("7x4x2", "averagepool2d(2) flatten dense(3)"),
                classifier("5x7x2", "averagepool2d(3, 2, padding=1) flatten dense(3)"),
                classifier("5x6x2", "averagepool2d(2x3, 2, padding=same) flatten dense(3)"),
                classifier(
                        "10x9x2",
                        "conv2d(6, 3) relu maxpool2d(2) conv2d(4, 2) tanh averagepool2d(2, 1) flatten relu flatten "
                                + "dense(7) sigmoid dense(5)"),
                classifier("5x6x2", "globalaveragepool2d dense(4)"),
                classifier("5x6x2", "conv2d(4, 3) globalaveragepool2d"),
                classifier("5x6x2", "zeropad2d(1, 2, 0, 3) conv2d(3, 3) zeropad2d(1)"),
                classifier("3x4x2", "upsample(2x3) conv2d(3, 3) upsample(2) dropout2d flatten dense(3)"),
                classifier(
                        "5", "dense(24) reshape(3x4x2) conv2d(3, 2) reshape(2x9x1) conv2d(2, 2) reshape(16) dense(3)"),
                classifier("3x4x2", "conv2d(3, 2) flatten relu reshape(3x2x3) maxpool2d(2) reshape(3) dense(4)"),
                classifier("6", "layernorm dense(5) layernorm(0.01) dense(3)"),
                classifier("5x6x2", "layernorm conv2d(4, 3) layernorm relu flatten layernorm dense(3)"),
                classifier("5x6x2", "groupnorm(2) conv2d(6, 3) groupnorm(3, 0.01) relu conv2d(4, 2) groupnorm(1)"),
                classifier("4", "residual(dense(4) tanh) residual(dense(3) | dense(3) relu)"),
                classifier("5x6x2", "residual(conv2d(2, 3, padding=same)) conv2d(3, 2)"), // the input as it is
                classifier("5x6x2", "residual(layernorm | relu) conv2d(3, 2)"), // neither channels first
                classifier(
                        "6x8x2",
                        "conv2d(4, 2) residual(groupnorm(2) relu conv2d(4, 3, padding=same)) residual("
                                + "conv2d(6, 3, stride=2, padding=1) gelu | conv2d(6, 1, stride=2)) flatten dense(3)"),
                classifier("5x6x2", "conv2d(4, 2) residual(layernorm residual(conv2d(4, 1) layernorm)) maxpool2d(2)"),
                classifier("3x4x2", "conv2d(3, 2) flatten residual(tanh) residual(residual(dense(18)) | elu) dense(4)"),
                classifier("3x4x2", "conv2d(3, 2) flatten residual(relu | dense(18)) layernorm dense(4)"),
                classifier( // flattened from two shapes, and once as it is
                        "3x4x2",
                        "residual(conv2d(3, 2) flatten relu | conv2d(2, 1x2) flatten) "
                                + "residual(reshape(3x2x3) conv2d(3, 1) flatten dropout | reshape(18)) dense(4)"),
                classifier("4x5x2", "conv2d(3, 2) flatten residual(tanh)"), // ends with a turned one
                classifier("4x3x2", "flatten dense(5) relu dense(3)"), // never channels first
                classifier("4x3x2", "relu flatten dense(3)"),
                classifier("4x5x2", "conv2d(3, 2)"), // ends with an image
                classifier("4x5x2", "conv2d(3, 2) flatten tanh"), // ends with a turned one
                classifier("3x2", "relu flatten dense(3)"), // neither vector nor image
                new ModelSpec(Shape.parse("6x8x2"), TWO, nested(), new SoftmaxCrossEntropy(), 1),
                regressor(new SquaredError()),
                regressor(new AbsoluteError()),
                regressor(new Huber(0.5)),
                regressor(new Quantile(0.9)),
                regressor(new Poisson()),
                regressor(new BinaryCrossEntropy()),
                new ModelSpec(
                        new Shape(6),
                        new Normalization(List.of(2.0), List.of(3.0)),
                        net("dense(8) tanh dense(1)"),
                        new SquaredError(),
                        1),
                new ModelSpec(
                        Shape.parse("4x5x2"), TWO, net("conv2d(3, 2) relu flatten dense(4)"), new SquaredError(), 1));
    }

    private static Sequential nested() {
        return new Sequential(net("conv2d(5, 3) tanh"), net("maxpool2d(2)"), net("flatten sigmoid"), net("dense(4)"));
    }

    private static Sequential net(String layers) {
        return new Sequential(LayerParser.parse(layers).layers());
    }

    private static ModelSpec classifier(String in, String layers) {
        Normalization normalization = in.endsWith("x2") ? TWO : Normalization.NONE;
        return new ModelSpec(Shape.parse(in), normalization, net(layers), new SoftmaxCrossEntropy(), 1);
    }

    private static ModelSpec regressor(Loss loss) {
        return new ModelSpec(new Shape(6), Normalization.NONE, net("dense(8) tanh dense(3)"), loss, 3);
    }

    @Test
    void everyPermittedLayerAndLossIsExported() {
        Set<Class<?>> layers =
                nets().flatMap(model -> kinds(model.net(), model.input())).collect(Collectors.toSet());
        assertEquals(new HashSet<>(Specs.kinds(Layer.class)), layers);
        assertEquals(
                new HashSet<>(Specs.kinds(Loss.class)),
                nets().map(model -> model.loss().getClass()).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> kinds(Layer layer, Shape in) {
        return Stream.concat(
                Stream.of(layer.getClass()),
                layer.children(in).stream().flatMap(child -> kinds(child.layer(), child.in())));
    }

    @ParameterizedTest
    @MethodSource("nets")
    void theRuntimeAgreesForAnyNumberOfRows(ModelSpec model) throws IOException, OrtException {
        SavedModel saved = new SavedModel(model, params(model));
        try (OnnxSession session = OnnxSession.of(saved)) {
            for (int rows : new int[] {1, 7}) {
                float[] raw = random(rows, rows * model.input().size());
                assertAgree(model, rows, new Inference(saved).predict(raw), session.run(rows, raw));
            }
        }
    }

    @Test
    void inputAndOutputHaveNamesAndTheMetadataTheLabels() throws IOException, OrtException {
        ModelSpec model = classifier("5x6x2", "conv2d(3, 2) flatten dense(4)");
        SavedModel saved = new SavedModel(model, params(model));
        try (OnnxSession session = OnnxSession.of(saved)) {
            assertEquals("[input [-1, 5, 6, 2]]", session.input());
            assertEquals("[probabilities [-1, 4]]", session.output());
            assertEquals("[0, 1, 2, 3]", session.metadata().get("labels"));
            assertEquals(WeightsFile.sha256(saved.params()), session.metadata().get("weightsSha256"));
        }
        ModelSpec values = new ModelSpec(new Shape(6), Normalization.NONE, net("dense(3)"), new SquaredError(), 3);
        try (OnnxSession session = OnnxSession.of(new SavedModel(values, params(values)))) {
            assertEquals("[values [-1, 3]]", session.output());
            assertEquals(null, session.metadata().get("labels"));
        }
    }

    static void assertAgree(ModelSpec model, int rows, float[] ours, float[] theirs) {
        int n = model.outputs();
        assertEquals(rows * n, theirs.length);
        for (int i = 0; i < rows * n; i++) {
            double tolerance = 1e-5 * Math.max(1, Math.abs(ours[i]));
            assertTrue(
                    Math.abs(ours[i] - theirs[i]) <= tolerance, "output " + i + ": " + ours[i] + ", not " + theirs[i]);
        }
        for (int r = 0; r < rows; r++)
            assertEquals(Floats.argmax(n, ours, r * n), Floats.argmax(n, theirs, r * n), "label of row " + r);
    }

    /** Biases are not zero. */
    static float[] params(ModelSpec model) {
        float[] params = model.layout().init(11);
        for (int i = 0; i < params.length; i++) params[i] += 0.1f * (i % 3 - 1);
        return params;
    }

    static float[] random(long seed, int count) {
        Random64 random = new Random64(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) random.nextGaussian();
        return values;
    }
}
