package io.firesteel.exchange;

import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.modelfile.SavedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A saved model as the nodes of ONNX. The input stays as Firesteel has it, images [rows, height, width, channels];
 * where a layer wants channels first, one Transpose comes before it, and the weights behind a Flatten are put in the
 * other order, so that nothing has to be transposed back.
 */
final class OnnxNodes {
    private final OnnxGraph graph = new OnnxGraph();
    private final SavedModel saved;
    private final Map<String, ParamSlice> slices;
    private OnnxEdge edge; // what the last operation gave

    private OnnxNodes(SavedModel saved) {
        this.saved = saved;
        this.slices = LayerNode.slices(saved.model());
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
        edge = new OnnxEdge(input, false, null);
        normalize(model.normalization(), model.input());
        model.net().writeOnnx(model.input(), new LayerWriter(""));
        vectors();
        graph.node(model.loss().predictionOnnx(), List.of(edge.name()), output, Map.of());
        graph.output(output, new Shape(model.outputs()));
        return graph;
    }

    /** x = scale raw + shift, over the last axis. */
    private void normalize(Normalization normalization, Shape in) {
        if (normalization.equals(Normalization.NONE)) return;
        int channels = in.dim(in.rank() - 1);
        Shape shape = new Shape(channels);
        String scale = graph.constant("normalization/scale", shape, normalization.scale(channels, 1));
        String shift = graph.constant("normalization/shift", shape, normalization.shift(channels));
        node("Mul", "normalization/scaled", Map.of(), List.of(scale));
        node("Add", "normalization", Map.of(), List.of(shift));
    }

    /** Puts the numbers in our order, and makes each row a vector. */
    private void vectors() {
        restoreOrder("");
        node("Flatten", "outputs", Map.of("axis", 1), List.of());
    }

    /** The writer of the layer of this name. */
    private final class LayerWriter implements OnnxWriter {
        private final String name;

        LayerWriter(String name) {
            this.name = name;
        }

        @Override
        public OnnxWriter inside(String child) {
            return new LayerWriter(LayerNode.inside(name, child));
        }

        @Override
        public void add(String operation, Map<String, ?> attributes, List<?> inputs) {
            node(operation, name, attributes, constants(inputs));
            if (inputs.stream().anyMatch(each -> each instanceof LayerTensor tensor && tensor.mixesInputs()))
                edge = edge.withFlattened(null);
        }

        @Override
        public void addToImages(String operation, Map<String, ?> attributes, List<?> inputs) {
            List<String> constants = constants(inputs);
            if (!edge.channelsFirst()) transpose(name + "/channels-first", true, 0, 3, 1, 2);
            node(operation, name, attributes, constants);
        }

        @Override
        public void addToLastAxis(String operation, Map<String, ?> attributes, List<?> inputs) {
            channelsLast(name + "/");
            Map<String, Object> along = new TreeMap<>(attributes);
            along.put("axis", -1);
            add(operation, along, inputs);
        }

        @Override
        public void combine(String operation, Runnable first, Runnable second) {
            OnnxEdge from = edge;
            first.run();
            OnnxEdge left = edge;
            edge = from;
            second.run();
            OnnxEdge right = edge;
            if (!left.isOrderedAs(right)) {
                left = ourOrder(left, name + "/first/");
                right = ourOrder(right, name + "/second/");
            }
            edge = right.called(graph.node(operation, List.of(left.name(), right.name()), name + ":0", Map.of()));
        }

        @Override
        public void flatten(Shape in) {
            if (edge.channelsFirst() && in.dim(0) * in.dim(1) > 1) edge = edge.withFlattened(in);
            edge = edge.withChannelsFirst(false);
            if (in.rank() > 1) node("Flatten", name, Map.of("axis", 1), List.of());
        }

        @Override
        public void reshape(Shape out) {
            restoreOrder(name + "/");
            long[] sizes = new long[out.rank() + 1];
            for (int i = 0; i < out.rank(); i++) sizes[i + 1] = out.dim(i);
            sizes[0] = -1;
            OnnxNodes.this.reshape(name, sizes);
        }

        private List<String> constants(List<?> inputs) {
            List<String> constants = new ArrayList<>();
            for (Object input : inputs) constants.add(constant(input, name + "/constant" + constants.size()));
            return constants;
        }

        private String constant(Object input, String constant) {
            if (input instanceof LayerTensor tensor) {
                ParamSlice slice = slices.get(name + "/" + tensor.name());
                TorchLayout torch = new TorchLayout(tensor, slice, edge.flattened());
                return graph.constant(slice.name(), torch.shape(), torch.toTorch(saved.params()));
            }
            if (input instanceof Float number) return graph.constant(constant, new Shape(1), new float[] {number});
            if (input instanceof float[] list) return graph.constant(constant, new Shape(list.length), list);
            if (input instanceof long[] list) return graph.constant(constant, list);
            return (String) input; // that is left out
        }
    }

    /** Puts the numbers of an edge in our order; an image that was flattened is flattened again. */
    private OnnxEdge ourOrder(OnnxEdge of, String path) {
        edge = of;
        restoreOrder(path);
        if (of.flattened() != null) node("Flatten", path + "flattened", Map.of("axis", 1), List.of());
        return edge;
    }

    /** Transposes an image back, also one that was flattened. */
    private void restoreOrder(String path) {
        Shape image = edge.flattened();
        if (image != null) {
            reshape(path + "image", -1, image.dim(2), image.dim(0), image.dim(1));
            edge = edge.withFlattened(null).withChannelsFirst(true);
        }
        channelsLast(path);
    }

    /** Transposes an image whose channels come first. */
    private void channelsLast(String path) {
        if (edge.channelsFirst()) transpose(path + "channels-last", false, 0, 2, 3, 1);
    }

    private void transpose(String name, boolean toChannelsFirst, Integer... axes) {
        node("Transpose", name, Map.of("perm", List.of(axes)), List.of());
        edge = edge.withChannelsFirst(toChannelsFirst);
    }

    private void reshape(String name, long... sizes) {
        node("Reshape", name, Map.of(), List.of(graph.constant(name + "/sizes", sizes)));
    }

    /** An operation on the edge and on constants; what it gives is the edge then. */
    private void node(String operation, String name, Map<String, ?> attributes, List<String> constants) {
        List<String> inputs = new ArrayList<>(List.of(edge.name()));
        inputs.addAll(constants);
        edge = edge.called(graph.node(operation, inputs, name + ":0", attributes));
    }
}
