package io.firesteel.data;

import io.firesteel.array.Shape;
import java.io.Serializable;

/**
 * What every row of a source looks like.
 *
 * @param shape of the features
 * @param targets numbers in the target
 * @param labels true when the target is one class label 0, 1, 2, ...
 * @param pixels true when features are unsigned bytes, false for floats
 * @param sparse true when most features are zero, and those are not kept
 */
public record Header(Shape shape, int targets, boolean labels, boolean pixels, boolean sparse) implements Serializable {
  public Header {
    if (pixels && sparse) throw new IllegalArgumentException("features are bytes or sparse, not both");
  }

  public Header(Shape shape, int targets, boolean labels, boolean pixels) {
    this(shape, targets, labels, pixels, false);
  }
}
