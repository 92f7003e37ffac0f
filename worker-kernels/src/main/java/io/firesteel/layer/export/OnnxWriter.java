package io.firesteel.layer.export;

import io.firesteel.array.Shape;
import io.firesteel.op.Binder;
import java.util.List;
import java.util.Map;

/**
 * Where a layer writes itself as operations of ONNX. They follow each other: each takes what the one before gave, and
 * then its inputs: parameters ({@link LayerTensor}), which are written in PyTorch's layout, or constants
 * ({@code Float}, {@code float[]}, {@code long[]}); empty text leaves an input out. Attributes are whole numbers or
 * lists of them, {@code Float} or text.
 */
public interface OnnxWriter {
    /** The writer of a layer or an operation inside, named as {@link Binder#inside} names it. */
    OnnxWriter inside(String name);

    /** Adds an operation. */
    void add(String operation, Map<String, ?> attributes, List<?> inputs);

    /** Adds an operation that takes images channels first. */
    void addToImages(String operation, Map<String, ?> attributes, List<?> inputs);

    /** Adds an operation along the last axis, that of an image's channels; it has the attribute {@code axis}. */
    void addToLastAxis(String operation, Map<String, ?> attributes, List<?> inputs);

    /** Adds an elementwise operation on what two branches make of what comes in; a branch may add nothing. */
    void combine(String operation, Runnable first, Runnable second);

    /** Adds an elementwise operation on what comes in and on what {@code branch} makes of it, in this order. */
    default void combine(String operation, Runnable branch) {
        combine(operation, () -> {}, branch);
    }

    /** Makes each row, of shape {@code in}, a vector. */
    void flatten(Shape in);

    /** Gives each row another shape, in the order of our arrays: an image has its channels last. */
    void reshape(Shape out);
}
