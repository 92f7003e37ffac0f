package io.firesteel.exchange;

import io.firesteel.array.Shape;
import java.util.Objects;

/**
 * What an operation of ONNX gave, and the order of its numbers.
 *
 * @param name by which other operations take it
 * @param channelsFirst whether it is an image [rows, channels, height, width]
 * @param flattened the image that was flattened channel by channel into it; null where none was
 */
record OnnxEdge(String name, boolean channelsFirst, Shape flattened) {
    /** What an operation gave that keeps the order. */
    OnnxEdge called(String other) {
        return new OnnxEdge(other, channelsFirst, flattened);
    }

    OnnxEdge withChannelsFirst(boolean is) {
        return new OnnxEdge(name, is, flattened);
    }

    OnnxEdge withFlattened(Shape image) {
        return new OnnxEdge(name, channelsFirst, image);
    }

    boolean isOrderedAs(OnnxEdge other) {
        return channelsFirst == other.channelsFirst && Objects.equals(flattened, other.flattened);
    }
}
