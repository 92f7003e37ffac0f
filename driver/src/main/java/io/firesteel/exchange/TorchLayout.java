package io.firesteel.exchange;

import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;

/**
 * Parameters turned as PyTorch and ONNX have them, and back. Dense weights are {@code [out, in]} there and {@code [in,
 * out]} here, convolutions {@code [out, in, height, width]} and {@code [height, width, in, out]}; a flattened image
 * goes channel by channel there, pixel by pixel here.
 */
final class TorchLayout {
    private TorchLayout() {}

    /** The sizes of our slice as PyTorch has them. */
    static Shape torch(Shape ours) {
        return switch (ours.rank()) {
            case 2 -> new Shape(ours.dim(1), ours.dim(0));
            case 4 -> new Shape(ours.dim(3), ours.dim(2), ours.dim(0), ours.dim(1));
            default -> ours;
        };
    }

    /**
     * A slice of {@code params} as PyTorch has it.
     *
     * @param image whose numbers a dense layer takes, flattened channel by channel there; null for others
     */
    static float[] toTorch(ParamSlice param, Shape image, float[] params) {
        float[] theirs = new float[param.shape().size()];
        for (int k = 0; k < theirs.length; k++) theirs[k] = params[param.offset() + place(param.shape(), image, k)];
        return theirs;
    }

    /** Puts what PyTorch has into a slice of {@code params}. */
    static void fromTorch(float[] theirs, ParamSlice param, Shape image, float[] params) {
        for (int k = 0; k < theirs.length; k++) params[param.offset() + place(param.shape(), image, k)] = theirs[k];
    }

    /** Where their number k stands in our slice. */
    private static int place(Shape ours, Shape image, int k) {
        if (ours.rank() == 2) {
            int in = ours.dim(0), out = ours.dim(1);
            return pixelByPixel(image, k % in) * out + k / in;
        }
        if (ours.rank() == 4) {
            int height = ours.dim(0), width = ours.dim(1), in = ours.dim(2), out = ours.dim(3);
            int x = k % width, y = k / width % height, i = k / (width * height) % in, o = k / (width * height * in);
            return ((y * width + x) * in + i) * out + o;
        }
        return k;
    }

    /** Where number j of an image that is flattened channel by channel stands in ours. */
    private static int pixelByPixel(Shape image, int j) {
        if (image == null) return j;
        int pixels = image.dim(0) * image.dim(1);
        return j % pixels * image.dim(2) + j / pixels;
    }
}
