package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.Activations;

/** y = max(x, 0). No parameters. */
public record Relu() implements Layer {
    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return new Elementwise(in, Activations::relu, Activations::reluBackward);
    }
}
