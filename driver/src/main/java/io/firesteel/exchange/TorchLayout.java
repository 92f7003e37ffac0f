package io.firesteel.exchange;

import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.export.LayerTensor;

/**
 * A slice of the flat parameters as PyTorch and ONNX lay it out: axes in their order, and an image that was flattened
 * into the layer's input channel by channel, where ours is pixel by pixel.
 *
 * @param image the image [height, width, channels] whose flattened numbers the layer takes; null where it takes others
 */
record TorchLayout(LayerTensor tensor, ParamSlice slice, Shape image) {

    /** {@code weight}, {@code bias}, ... */
    String name() {
        return tensor.torchName();
    }

    Shape shape() {
        return tensor.torchShape(slice.shape());
    }

    /** The slice of {@code params}, transposed. */
    float[] toTorch(float[] params) {
        float[] theirs = new float[slice.shape().size()];
        int[] ours = offsets();
        for (int k = 0; k < theirs.length; k++) theirs[k] = params[ours[k]];
        return theirs;
    }

    /** Puts what PyTorch has into the slice of {@code params}. */
    void fromTorch(float[] theirs, float[] params) {
        int[] ours = offsets();
        for (int k = 0; k < theirs.length; k++) params[ours[k]] = theirs[k];
    }

    /** For each of their numbers, its offset in the flat parameters. */
    private int[] offsets() {
        int rank = slice.shape().rank();
        int[] axes = new int[rank], sizes = new int[rank], strides = new int[rank];
        for (int i = 0; i < rank; i++) {
            axes[i] = tensor.torchAxes().get(i);
            sizes[i] = slice.shape().dim(axes[i]);
            strides[i] = 1;
            for (int axis = axes[i] + 1; axis < rank; axis++)
                strides[i] *= slice.shape().dim(axis);
        }
        int[] offsets = new int[slice.shape().size()];
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = slice.offset();
            for (int i = rank - 1, rest = k; i >= 0; rest /= sizes[i--]) {
                int index = rest % sizes[i];
                offsets[k] += strides[i] * (axes[i] == tensor.inputAxis() ? pixelByPixel(index) : index);
            }
        }
        return offsets;
    }

    /** The index in our flattened image of number {@code j} of theirs. */
    private int pixelByPixel(int j) {
        if (image == null) return j;
        int pixels = image.dim(0) * image.dim(1);
        return j % pixels * image.dim(2) + j / pixels;
    }
}
