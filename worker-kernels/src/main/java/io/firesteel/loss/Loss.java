package io.firesteel.loss;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How far outputs y [rows, n] are from targets t [rows, width], summed over the rows. A new loss is one file and one
 * word in {@code permits}.
 *
 * <p>A width of 1 with n above 1 means that t holds class labels 0..n-1.
 */
public sealed interface Loss extends Serializable permits SoftmaxCrossEntropy, ElementwiseLoss {

    /** Throws {@link IllegalArgumentException} where {@code width} targets do not fit {@code n} outputs. */
    void check(int n, int width);

    /** The loss summed over the rows, each times its weight; dy, unless null, is overwritten with its gradient in y. */
    double apply(int rows, int n, int width, float[] y, float[] t, float[] weights, float[] dy);

    /** The same with every weight 1. */
    default double apply(int rows, int n, int width, float[] y, float[] t, float[] dy) {
        float[] ones = new float[rows];
        Arrays.fill(ones, 1);
        return apply(rows, n, width, y, t, ones, dy);
    }

    /** Turns outputs into what a prediction reports, in place: probabilities, or the values themselves. */
    void predict(int rows, int n, float[] y);

    /** What {@link #predict} reports: {@code probabilities} or {@code values}. */
    String predictionName();

    /** The operation of ONNX that does what {@link #predict} does, over the last axis. */
    String predictionOnnx();
}
