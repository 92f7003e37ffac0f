package io.firesteel.row;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import java.io.Serializable;
import java.util.List;

/**
 * What every row of a source looks like.
 *
 * @param shape of the features
 * @param features how the features are held
 * @param target what the targets are
 * @param targets numbers in the target
 * @param classes the names of the classes, class 0 first; empty where labels are numbers
 */
public record RowSchema(Shape shape, FeatureKind features, TargetKind target, int targets, List<String> classes)
        implements Serializable {
    public RowSchema {
        classes = List.copyOf(classes);
    }

    public RowSchema(Shape shape, FeatureKind features, TargetKind target, int targets) {
        this(shape, features, target, targets, List.of());
    }

    /** Whether the target is one class label. */
    public boolean hasClasses() {
        return target == TargetKind.CLASS;
    }

    /** Class labels are below this for a model of so many outputs. */
    public int labelLimit(int outputs) {
        return hasClasses() ? outputs : Integer.MAX_VALUE;
    }
}
