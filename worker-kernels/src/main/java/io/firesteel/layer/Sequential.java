package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.SequentialOp;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers one after the other.
 *
 * @param layers from input to output
 */
public record Sequential(List<Layer> layers) implements Layer {
    public Sequential {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) throw new IllegalArgumentException("Sequential needs at least one layer");
    }

    public Sequential(Layer... layers) {
        this(List.of(layers));
    }

    /** The shapes of the edges: {@code in}, then the output of every layer. */
    public Shape[] shapes(Shape in) {
        Shape[] shapes = new Shape[layers.size() + 1];
        shapes[0] = in;
        for (int i = 0; i < layers.size(); i++) {
            try {
                shapes[i + 1] = layers.get(i).output(shapes[i]);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "layer " + i + ", " + describe(layers.get(i)) + ": " + e.getMessage(), e);
            }
        }
        return shapes;
    }

    /** A layer that is made of others by its name alone, since the message goes on with the one that does not fit. */
    private static String describe(Layer layer) {
        boolean nests = layer instanceof Sequential || layer.addsChildren();
        return nests ? layer.getClass().getSimpleName() : layer.toString();
    }

    /** Layer i is {@code 4-Conv2d}. */
    @Override
    public List<Child> children(Shape in) {
        Shape[] shapes = shapes(in);
        List<Child> children = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) children.add(new Child(name(i), layers.get(i), shapes[i]));
        return children;
    }

    private String name(int i) {
        return i + "-" + layers.get(i).getClass().getSimpleName();
    }

    @Override
    public Shape output(Shape in) {
        return shapes(in)[layers.size()];
    }

    /** Layers that only reshape are left out; one that keeps the order goes behind a pooling that picks the largest. */
    @Override
    public Op bind(Shape in, Binder binder) {
        Shape[] shapes = shapes(in);
        List<Op> ops = new ArrayList<>();
        List<Shape> edges = new ArrayList<>(List.of(in));
        int before = binder.layout().size(), firstTrained = -1;
        for (int i = 0; i < layers.size(); i++) {
            boolean last = i == layers.size() - 1;
            if (layers.get(i).onlyReshapes() && !(last && ops.isEmpty())) continue;
            boolean swap =
                    !last && layers.get(i).keepsOrder() && layers.get(i + 1).picksLargest();
            if (swap) {
                ops.add(layers.get(i + 1).bind(shapes[i], binder.inside(name(i + 1))));
                edges.add(shapes[i + 2]);
            }
            ops.add(layers.get(i).bind(swap ? shapes[i + 2] : shapes[i], binder.inside(name(i))));
            edges.add(swap ? shapes[i + 2] : shapes[i + 1]);
            if (firstTrained < 0 && binder.layout().size() > before) firstTrained = ops.size() - 1;
            if (swap) i++;
        }
        return new SequentialOp(
                edges.toArray(new Shape[0]),
                ops.toArray(new Op[0]),
                firstTrained < 0 ? ops.size() : firstTrained,
                binder);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        for (Child child : children(in)) child.layer().writeOnnx(child.in(), onnx.inside(child.name()));
    }

    @Override
    public boolean takesSparse() {
        return layers.get(0).takesSparse();
    }
}
