package io.firesteel.layer.export;

import io.firesteel.array.Shape;
import io.firesteel.op.Binder;
import java.util.List;
import java.util.Map;

/**
 * Where a layer writes itself as operations of ONNX. They follow each other: each takes what the one before gave, and
 * parameter tensors in PyTorch's layout.
 */
public interface OnnxWriter {
    /** The writer of a layer inside, named as {@link Binder#inside} names it. */
    OnnxWriter inside(String name);

    /** Adds an operation; attributes are whole numbers or lists of them. */
    void add(String operation, Map<String, ?> attributes, List<LayerTensor> tensors);

    /** The same for an operation that takes images channels first. */
    void addToImages(String operation, Map<String, ?> attributes, List<LayerTensor> tensors);

    /** Makes each row, of shape {@code in}, a vector. */
    void flatten(Shape in);
}
