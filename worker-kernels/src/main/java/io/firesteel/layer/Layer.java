package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import java.io.Serializable;
import java.util.List;

/** One layer of a network, as plain data. A new layer is one file and one word in {@code permits}. */
public sealed interface Layer extends Serializable
        permits Sequential,
                Residual,
                Dense,
                Conv2d,
                MaxPool2d,
                AveragePool2d,
                GlobalAveragePool2d,
                ZeroPad2d,
                Upsample,
                Flatten,
                Reshape,
                Relu,
                LeakyRelu,
                Elu,
                Sigmoid,
                Tanh,
                Softplus,
                Silu,
                Gelu,
                Softmax,
                Dropout,
                Dropout2d,
                LayerNorm,
                GroupNorm {

    /** The shape of one row of output; throws {@link IllegalArgumentException} where {@code in} does not fit. */
    Shape output(Shape in);

    /** Declares parameters and scratch and returns the operation for input rows of shape {@code in}, which fits. */
    Op bind(Shape in, Binder binder);

    /** Writes the layer as operations of ONNX. */
    void writeOnnx(Shape in, OnnxWriter onnx);

    /** The tensors that {@link #bind} declares for the layer itself, in that order; none for most layers. */
    default List<LayerTensor> tensors() {
        return List.of();
    }

    /** The layers that this one is made of, from input to output; none for most layers. */
    default List<Child> children(Shape in) {
        return List.of();
    }

    /**
     * Whether each of the children takes this layer's input, and the output is the sum of theirs, and of the input
     * where there is one child alone. Else each takes the output of the one before it, and the last gives the layer's.
     */
    default boolean addsChildren() {
        return false;
    }

    /**
     * A layer inside another one.
     *
     * @param name as in the names of its parameters, {@code 4-Conv2d}
     * @param in shape of one row of its input
     */
    record Child(String name, Layer layer, Shape in) {
        public Shape output() {
            return layer.output(in);
        }
    }

    /** Whether rows may come as {@link PassContext#sparse}. */
    default boolean takesSparse() {
        return false;
    }

    /** Whether the output has the numbers of the input in the same order, so that nothing needs to be computed. */
    default boolean onlyReshapes() {
        return false;
    }

    /** Whether each output number is the largest of some input numbers. */
    default boolean picksLargest() {
        return false;
    }

    /**
     * Whether the layer maps every number by the same function, which never falls, to the last bit. Then it gives the
     * same result behind a layer that picks the largest numbers as in front of it, and has fewer numbers to work on.
     */
    default boolean keepsOrder() {
        return false;
    }
}
