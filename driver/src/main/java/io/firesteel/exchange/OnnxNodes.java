package io.firesteel.exchange;

import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.SlidingWindow;
import io.firesteel.layer.AveragePool2d;
import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Layer;
import io.firesteel.layer.MaxPool2d;
import io.firesteel.layer.Relu;
import io.firesteel.layer.Sigmoid;
import io.firesteel.layer.Tanh;
import io.firesteel.loss.Loss;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.modelfile.SavedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A saved model as the nodes of ONNX. The input stays as Firesteel has it, images [rows, height, width, channels];
 * where a convolution or a pooling wants channels first, one Transpose comes before it, and the weights behind a
 * Flatten are put in the other order, so that nothing has to be turned back.
 */
final class OnnxNodes {
    private static final Map<Class<?>, String> ELEMENTWISE =
            Map.of(Relu.class, "Relu", Sigmoid.class, "Sigmoid", Tanh.class, "Tanh");

    private final OnnxGraph graph = new OnnxGraph();
    private final SavedModel saved;
    private final List<LayerNode> places;
    private String edge;
    private boolean channelsFirst; // the edge is an image [rows, channels, height, width]
    private Shape transposed; // the image that was flattened channel by channel into the edge; null where none was

    private OnnxNodes(SavedModel saved) {
        this.saved = saved;
        this.places = LayerNode.of(saved.model());
    }

    /**
     * The graph from {@code input} to {@code output}, normalization before the layers and {@code Loss.predict} after
     * them.
     */
    static OnnxGraph graph(SavedModel saved, String input, String output) {
        return new OnnxNodes(saved).graph(input, output);
    }

    private OnnxGraph graph(String input, String output) {
        ModelSpec model = saved.model();
        graph.input(input, model.input());
        edge = input;
        normalize(model.normalization(), model.input());
        for (LayerNode place : places) add(place);
        vectors();
        graph.node(prediction(model.loss()), List.of(edge), output, Map.of());
        graph.output(output, new Shape(model.outputs()));
        return graph;
    }

    /** Turns what is left of the net's last image back, and makes each row a vector. */
    private void vectors() {
        if (transposed != null) reshape("image", -1, transposed.dim(2), transposed.dim(0), transposed.dim(1));
        if (transposed != null || channelsFirst) transpose("channels-last", 0, 2, 3, 1);
        node("Flatten", "outputs", Map.of("axis", 1));
    }

    /** The operation of {@code Loss.predict}; Softmax goes over the last axis. */
    private static String prediction(Loss loss) {
        if (loss instanceof SoftmaxCrossEntropy) return "Softmax";
        if (loss instanceof SquaredError) return "Identity";
        throw new IllegalStateException(loss + ": no operation of ONNX is known for its predictions");
    }

    /** x = scale raw + shift, over the last axis. */
    private void normalize(Normalization normalization, Shape in) {
        if (normalization.equals(Normalization.NONE)) return;
        int channels = in.dim(in.rank() - 1);
        Shape shape = new Shape(channels);
        String scale = graph.constant("normalization/scale", shape, normalization.scale(channels, 1));
        String shift = graph.constant("normalization/shift", shape, normalization.shift(channels));
        node("Mul", "normalization/scaled", Map.of(), scale);
        node("Add", "normalization", Map.of(), shift);
    }

    private void add(LayerNode place) {
        Layer layer = place.layer();
        String elementwise = ELEMENTWISE.get(layer.getClass());
        if (elementwise != null) node(elementwise, place.name(), Map.of());
        else if (layer instanceof Dense) dense(place);
        else if (layer instanceof Conv2d conv) convolve(place, conv);
        else if (layer instanceof MaxPool2d pool) max(place, pool);
        else if (layer instanceof AveragePool2d pool) average(place, pool);
        else if (layer instanceof Flatten) flatten(place);
        else throw new IllegalStateException(place.name() + ": no operation of ONNX is known for it");
    }

    private void dense(LayerNode place) {
        node("Gemm", place.name(), Map.of("transB", 1), constants(place, transposed));
        transposed = null;
    }

    private void convolve(LayerNode place, Conv2d conv) {
        slide(place, "Conv", conv.kernel(), conv.stride(), conv.padding(), Map.of(), constants(place, null));
    }

    private void max(LayerNode place, MaxPool2d pool) {
        slide(place, "MaxPool", pool.kernel(), pool.stride(), pool.padding(), Map.of());
    }

    private void average(LayerNode place, AveragePool2d pool) {
        slide(place, "AveragePool", pool.kernel(), pool.stride(), pool.padding(), Map.of("count_include_pad", 1));
    }

    /** A kernel that slides over an image; what is padded below and to the right is what the output's size asks for. */
    private void slide(
            LayerNode place,
            String operation,
            Size2d kernel,
            Size2d stride,
            Padding padding,
            Map<String, Integer> more,
            String... constants) {
        SlidingWindow w = SlidingWindow.of(operation, place.in(), kernel, stride, padding);
        if (!channelsFirst) transpose(place.name() + "/channels-first", 0, 3, 1, 2);
        channelsFirst = true;
        Map<String, Object> attributes = new TreeMap<>(more);
        attributes.put("kernel_shape", List.of(w.height(), w.width()));
        attributes.put("strides", List.of(w.strideHeight(), w.strideWidth()));
        attributes.put(
                "pads",
                List.of(
                        w.padTop(),
                        w.padLeft(),
                        after(w.outHeight(), w.strideHeight(), w.height(), w.inHeight(), w.padTop()),
                        after(w.outWidth(), w.strideWidth(), w.width(), w.inWidth(), w.padLeft())));
        node(operation, place.name(), attributes, constants);
    }

    private static int after(int out, int stride, int kernel, int in, int before) {
        return Math.max(0, (out - 1) * stride + kernel - in - before);
    }

    private void flatten(LayerNode place) {
        if (channelsFirst) transposed = place.in();
        channelsFirst = false;
        if (place.in().rank() > 1) node("Flatten", place.name(), Map.of("axis", 1));
    }

    private String[] constants(LayerNode place, Shape image) {
        return place.params().stream()
                .map(param -> graph.constant(
                        param.name(),
                        TorchLayout.torch(param.shape()),
                        TorchLayout.toTorch(param, image, saved.params())))
                .toArray(String[]::new);
    }

    private void transpose(String name, Integer... axes) {
        node("Transpose", name, Map.of("perm", List.of(axes)));
    }

    private void reshape(String name, long... sizes) {
        node("Reshape", name, Map.of(), graph.constant(name + "/sizes", sizes));
    }

    /** An operation on the edge and on constants; what it gives is the edge then. */
    private void node(String operation, String name, Map<String, ?> attributes, String... constants) {
        List<String> inputs = new ArrayList<>(List.of(edge));
        inputs.addAll(List.of(constants));
        edge = graph.node(operation, inputs, name + ":0", attributes);
    }
}
