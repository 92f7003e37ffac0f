package io.firesteel.data;

import io.firesteel.array.Shape;
import java.io.Serializable;
import java.util.List;

/**
 * What every row of a source looks like.
 *
 * @param shape of the features
 * @param targets numbers in the target
 * @param labels true when the target is one class label 0, 1, 2, ...
 * @param pixels true when features are unsigned bytes, false for floats
 * @param sparse true when most features are zero, and those are not kept
 * @param classes the names of the classes, class 0 first; empty where labels are numbers
 */
public record Header(Shape shape, int targets, boolean labels, boolean pixels, boolean sparse, List<String> classes)
        implements Serializable {
    public Header {
        if (pixels && sparse) throw new IllegalArgumentException("features are bytes or sparse, not both");
        classes = List.copyOf(classes);
    }

    public Header(Shape shape, int targets, boolean labels, boolean pixels, boolean sparse) {
        this(shape, targets, labels, pixels, sparse, List.of());
    }

    public Header(Shape shape, int targets, boolean labels, boolean pixels) {
        this(shape, targets, labels, pixels, false);
    }
}
