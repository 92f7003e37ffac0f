package io.firesteel.data;

import io.firesteel.array.Shape;

/**
 * What every row of a source looks like.
 *
 * @param shape of the features
 * @param targets numbers in the target
 * @param labels true when the target is one class label 0, 1, 2, ...
 * @param pixels true when features are unsigned bytes, false for floats
 */
public record Header(Shape shape, int targets, boolean labels, boolean pixels) {}
