package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.ResidualOp;
import io.firesteel.spec.Default;
import java.util.List;

/**
 * y = f(x) + s(x): what the layers make of x, and x itself or what the shortcut makes of it. He et al. 2016.
 *
 * @param layers f, from input to output
 * @param shortcut s, from input to output; where it is empty, s(x) = x, and the layers keep the shape
 */
public record Residual(List<Layer> layers, @Default("[]") List<Layer> shortcut) implements Layer {
    private static final String F = "0-Sequential", S = "1-Sequential";

    public Residual {
        layers = List.copyOf(layers);
        shortcut = List.copyOf(shortcut);
        if (layers.isEmpty()) throw new IllegalArgumentException("Residual needs at least one layer");
    }

    /** Around it goes the input as it is. */
    public Residual(Layer... layers) {
        this(List.of(layers), List.of());
    }

    @Override
    public Shape output(Shape in) {
        Shape f = output("layers", layers, in), s = shortcut.isEmpty() ? in : output("shortcut", shortcut, in);
        if (f.equals(s)) return f;
        throw new IllegalArgumentException(
                shortcut.isEmpty()
                        ? "Residual adds its input [" + in + "] to its layers' output [" + f
                                + "]; keep the shape, or give it a shortcut to [" + f + "]"
                        : "Residual adds its shortcut's output [" + s + "] to its layers' output [" + f
                                + "]; change one of them so that both have one shape");
    }

    private static Shape output(String key, List<Layer> layers, Shape in) {
        try {
            return new Sequential(layers).output(in);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in its " + key + ", " + e.getMessage(), e);
        }
    }

    /** That of the layers, and where there is a shortcut, that of its. */
    @Override
    public List<Child> children(Shape in) {
        Child f = new Child(F, new Sequential(layers), in);
        return shortcut.isEmpty() ? List.of(f) : List.of(f, new Child(S, new Sequential(shortcut), in));
    }

    @Override
    public boolean addsChildren() {
        return true;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        Op f = new Sequential(layers).bind(in, binder.inside(F));
        Op s = shortcut.isEmpty() ? null : new Sequential(shortcut).bind(in, binder.inside(S));
        return new ResidualOp(in, output(in), f, s, binder);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.combine("Add", () -> new Sequential(layers).writeOnnx(in, onnx.inside(F)), () -> {
            if (!shortcut.isEmpty()) new Sequential(shortcut).writeOnnx(in, onnx.inside(S));
        });
    }
}
