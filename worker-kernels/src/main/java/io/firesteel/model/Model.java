package io.firesteel.model;

import io.firesteel.array.Layout;
import io.firesteel.array.Shape;
import io.firesteel.layer.Binder;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.Loss;
import io.firesteel.spec.Default;
import java.io.Serializable;

/**
 * A network as plain data, with all that is needed to use its weights.
 *
 * @param input shape of one row
 * @param normalization what raw inputs go through first
 * @param net the layers
 * @param loss what training minimizes
 * @param targets numbers a row in the targets; 1 with more than one output means class labels
 */
public record Model(Shape input, Normalization normalization, Sequential net, Loss loss, @Default("1") int targets)
    implements
      Serializable {
  public Model {
    normalization.check(input);
    loss.check(net.output(input).size(), targets);
  }

  /** Outputs a row. */
  public int outputs() { return net.output(input).size(); }

  /** True when targets are class labels 0..outputs-1. */
  public boolean classifies() {
    return targets == 1 && outputs() > 1;
  }

  /** The parameters' names and places. */
  public Layout layout() {
    Binder binder = new Binder(0);
    net.bind(input, binder);
    return binder.layout();
  }
}
