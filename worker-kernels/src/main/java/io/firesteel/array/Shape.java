package io.firesteel.array;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The sizes of an array, without the row dimension: {@code [784]} for a vector, {@code [28x28x1]} for height, width,
 * channels.
 */
public record Shape(int... dims) implements Serializable {
    public Shape {
        dims = dims.clone();
        if (dims.length == 0) throw new IllegalArgumentException("a shape has at least one size");
        long size = 1;
        for (int dim : dims) {
            if (dim <= 0)
                throw new IllegalArgumentException("a shape has positive sizes, got " + Arrays.toString(dims));
            size *= dim;
            if (size > Integer.MAX_VALUE)
                throw new IllegalArgumentException(
                        "a shape holds at most 2^31-1 numbers, got " + Arrays.toString(dims));
        }
    }

    /** Reads "28x28x1". */
    public static Shape parse(String text) {
        try {
            return new Shape(Arrays.stream(text.split("x", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("found \"" + text + "\", wanted a shape such as 784 or 28x28x1", e);
        }
    }

    @Override
    public int[] dims() {
        return dims.clone();
    }

    public int rank() {
        return dims.length;
    }

    public int dim(int axis) {
        return dims[axis];
    }

    /** The product of the sizes. */
    public int size() {
        int size = 1;
        for (int dim : dims) size *= dim;
        return size;
    }

    /** "28x28x1", as {@link #parse} reads it. */
    @Override
    public String toString() {
        return Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }
}
