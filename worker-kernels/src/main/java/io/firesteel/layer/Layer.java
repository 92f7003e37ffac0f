package io.firesteel.layer;

import io.firesteel.array.Shape;
import java.io.Serializable;

/** One layer of a network, as plain data. A new layer is one file and one word in {@code permits}. */
public sealed interface Layer extends Serializable
        permits Sequential, Dense, Conv2d, MaxPool2d, AveragePool2d, Flatten, Relu, Sigmoid, Tanh {

    /** The shape of one row of output; throws {@link IllegalArgumentException} where {@code in} does not fit. */
    Shape output(Shape in);

    /** Declares parameters and scratch and returns the operation for input rows of shape {@code in}, which fits. */
    Op bind(Shape in, Binder binder);
}
