package io.firesteel.exchange;

import io.firesteel.array.Shape;
import java.util.List;
import java.util.Map;

/**
 * A graph of ONNX, with the field numbers of onnx.proto3: nodes, constants, inputs and outputs. The first axis is the
 * rows, any number of them.
 */
final class OnnxGraph {
    private static final int FLOAT = 1, INT64 = 7; // TensorProto.DataType
    // AttributeProto.AttributeType
    private static final int ATTRIBUTE_FLOAT = 1, ATTRIBUTE_INT = 2, ATTRIBUTE_STRING = 3, ATTRIBUTE_INTS = 7;

    private final ProtobufMessage graph = new ProtobufMessage().put(2, "firesteel");

    /**
     * Adds an operation; attributes are whole numbers or lists of them, {@code Float} or text. Its result is called
     * {@code output}.
     */
    String node(String operation, List<String> inputs, String output, Map<String, ?> attributes) {
        ProtobufMessage node = new ProtobufMessage();
        inputs.forEach(input -> node.put(1, input));
        node.put(2, output).put(3, output).put(4, operation);
        attributes.forEach((name, value) -> node.put(5, attribute(name, value)));
        graph.put(1, node);
        return output;
    }

    private static ProtobufMessage attribute(String name, Object value) {
        ProtobufMessage attribute = new ProtobufMessage().put(1, name);
        if (value instanceof Integer number) return attribute.put(3, number).put(20, ATTRIBUTE_INT);
        if (value instanceof Float number) return attribute.put(2, number).put(20, ATTRIBUTE_FLOAT);
        if (value instanceof String text) return attribute.put(4, text).put(20, ATTRIBUTE_STRING);
        for (Object each : (List<?>) value) attribute.put(8, (Integer) each);
        return attribute.put(20, ATTRIBUTE_INTS);
    }

    /** Adds a constant of floats. */
    String constant(String name, Shape shape, float[] values) {
        ProtobufMessage tensor = new ProtobufMessage();
        for (int dim : shape.dims()) tensor.put(1, dim);
        graph.put(5, tensor.put(2, FLOAT).put(8, name).put(9, values));
        return name;
    }

    /** Adds a constant list of whole numbers. */
    String constant(String name, long... values) {
        ProtobufMessage tensor = new ProtobufMessage().put(1, values.length).put(2, INT64);
        for (long value : values) tensor.put(7, value);
        graph.put(5, tensor.put(8, name));
        return name;
    }

    void input(String name, Shape row) {
        graph.put(11, value(name, row));
    }

    void output(String name, Shape row) {
        graph.put(12, value(name, row));
    }

    private static ProtobufMessage value(String name, Shape row) {
        ProtobufMessage shape = new ProtobufMessage().put(1, new ProtobufMessage().put(2, "rows"));
        for (int dim : row.dims()) shape.put(1, new ProtobufMessage().put(1, dim));
        return new ProtobufMessage()
                .put(1, name)
                .put(
                        2,
                        new ProtobufMessage()
                                .put(1, new ProtobufMessage().put(1, FLOAT).put(2, shape)));
    }

    ProtobufMessage message() {
        return graph;
    }
}
