package io.firesteel.row;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.model.ModelColumns;
import java.io.Serializable;
import java.util.List;

/**
 * What every row of a source looks like: the shape and kind of its features and targets.
 *
 * @param shape shape of the features
 * @param features how the features are stored
 * @param target what the targets are
 * @param targets how many numbers the target has
 * @param classes the names of the classes, class 0 first; empty if labels are numbers
 * @param columns the names of the columns; null where there are none
 */
public record RowSchema(
        Shape shape, FeatureKind features, TargetKind target, int targets, List<String> classes, ModelColumns columns)
        implements Serializable {
    public RowSchema {
        classes = List.copyOf(classes);
    }

    public RowSchema(Shape shape, FeatureKind features, TargetKind target, int targets) {
        this(shape, features, target, targets, List.of(), null);
    }

    /** Whether rows of the other schema may stand beside these; as floats or sparse is all one. */
    public boolean fits(RowSchema other) {
        return shape.equals(other.shape)
                && target == other.target
                && targets == other.targets
                && (features == FeatureKind.BYTES) == (other.features == FeatureKind.BYTES);
    }

    /** The same with the names of the classes. */
    public RowSchema named(List<String> names) {
        return new RowSchema(shape, features, target, targets, names, columns);
    }

    /** The same with the names of the columns. */
    public RowSchema with(ModelColumns names) {
        return new RowSchema(shape, features, target, targets, classes, names);
    }

    /** Whether the target is one class label. */
    public boolean hasClasses() {
        return target == TargetKind.CLASS;
    }

    /** The exclusive upper bound of class labels for a model of so many outputs. */
    public int labelLimit(int outputs) {
        return hasClasses() ? outputs : Integer.MAX_VALUE;
    }
}
