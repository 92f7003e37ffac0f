package io.firesteel.layer;

import io.firesteel.array.Shape;
import java.util.List;

/** Layers one after the other. */
public record Sequential(List<Layer> layers) implements Layer {
  public Sequential {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) throw new IllegalArgumentException("Sequential needs at least one layer");
  }

  public Sequential(Layer... layers) { this(List.of(layers)); }

  /** The shapes of the edges: {@code in}, then the output of every layer. */
  public Shape[] shapes(Shape in) {
    Shape[] shapes = new Shape[layers.size() + 1];
    shapes[0] = in;
    for (int i = 0; i < layers.size(); i++) {
      try {
        shapes[i + 1] = layers.get(i).output(shapes[i]);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer " + i + ", " + layers.get(i) + ": " + e.getMessage(), e);
      }
    }
    return shapes;
  }

  /** The name of layer {@code i} in parameter names: {@code 4-Conv2d}. */
  public String name(int i) {
    return i + "-" + layers.get(i).getClass().getSimpleName();
  }

  @Override public Shape output(Shape in) { return shapes(in)[layers.size()]; }

  @Override public Op bind(Shape in, Binder binder) {
    Shape[] shapes = shapes(in);
    Op[] ops = new Op[layers.size()];
    int before = binder.layout().size(), firstTrained = ops.length;
    for (int i = 0; i < ops.length; i++) {
      ops[i] = layers.get(i).bind(shapes[i], binder.inside(name(i)));
      if (binder.layout().size() > before) firstTrained = Math.min(firstTrained, i);
    }
    return new Chain(shapes, ops, firstTrained, binder);
  }
}
