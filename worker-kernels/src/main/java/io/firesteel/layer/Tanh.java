package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.Activations;

/** y = tanh x. No parameters. */
public record Tanh() implements Layer {
    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return new Elementwise(in, Activations::tanh, Activations::tanhBackward);
    }
}
