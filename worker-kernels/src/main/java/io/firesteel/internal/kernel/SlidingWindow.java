package io.firesteel.internal.kernel;

import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;

/**
 * A kernel that slides over an image: the sizes that convolution and pooling share. Input is [inHeight, inWidth,
 * channels], the kernel's corner is at {@code out * stride - pad}.
 *
 * <p>Output side = (W - F + 2P) / S + 1. With explicit padding this must be a whole number; valid padding rounds down.
 */
public record SlidingWindow(
        int inHeight,
        int inWidth,
        int channels,
        int height,
        int width,
        int strideHeight,
        int strideWidth,
        int padTop,
        int padLeft,
        int outHeight,
        int outWidth) {

    /** The window of {@code kernel} over {@code in}; {@code layer} names it in errors. */
    public static SlidingWindow of(String layer, Shape in, Size2d kernel, Size2d stride, Padding padding) {
        if (in.rank() != 3)
            throw new IllegalArgumentException(
                    layer + " takes images [height x width x channels], got [" + in + "]; set the data's shape");
        int outHeight = out(layer, "height", in.dim(0), kernel.height(), stride.height(), padding, padding.height());
        int outWidth = out(layer, "width", in.dim(1), kernel.width(), stride.width(), padding, padding.width());
        return new SlidingWindow(
                in.dim(0),
                in.dim(1),
                in.dim(2),
                kernel.height(),
                kernel.width(),
                stride.height(),
                stride.width(),
                before(in.dim(0), kernel.height(), stride.height(), outHeight, padding.height()),
                before(in.dim(1), kernel.width(), stride.width(), outWidth, padding.width()),
                outHeight,
                outWidth);
    }

    private static int out(String layer, String axis, int in, int kernel, int stride, Padding padding, int pad) {
        if (padding.equals(Padding.SAME)) return (in + stride - 1) / stride;
        int budget = in - kernel + 2 * pad;
        String sum = "(" + in + " - " + kernel + " + 2*" + pad + ")/" + stride + " + 1";
        if (budget < 0)
            throw new IllegalArgumentException(
                    layer + ": kernel " + axis + " " + kernel + " is larger than the input: output " + axis + " " + sum
                            + " is below 1; use a smaller kernel or more padding");
        if (!padding.equals(Padding.VALID) && budget % stride != 0)
            throw new IllegalArgumentException(layer + ": output " + axis + " (W - F + 2P)/S + 1 = " + sum
                    + " is not a whole number; change padding or stride, or use \"same\"");
        return budget / stride + 1;
    }

    /** Zeros above or left; "same" splits the missing pixels evenly and puts an odd one after. */
    private static int before(int in, int kernel, int stride, int out, int pad) {
        return pad >= 0 ? pad : Math.max(0, (out - 1) * stride + kernel - in) / 2;
    }

    /** Zeros below. */
    public int padBottom() {
        return after(inHeight, height, strideHeight, padTop, outHeight);
    }

    /** Zeros to the right. */
    public int padRight() {
        return after(inWidth, width, strideWidth, padLeft, outWidth);
    }

    /** What the output's size asks for; valid padding may leave input over, which is no negative padding. */
    private static int after(int in, int kernel, int stride, int before, int out) {
        return Math.max(0, (out - 1) * stride + kernel - in - before);
    }

    /** Floats of one image. */
    public int inSize() {
        return inHeight * inWidth * channels;
    }

    /** The number of output positions. */
    public int positions() {
        return outHeight * outWidth;
    }

    /** Floats under the kernel: the patch size. */
    public int patch() {
        return height * width * channels;
    }

    /** True for a 1x1 kernel with stride 1 and no padding: its patches are the image itself. */
    public boolean isPointwise() {
        return height == 1
                && width == 1
                && strideHeight == 1
                && strideWidth == 1
                && padTop == 0
                && padLeft == 0
                && outHeight == inHeight
                && outWidth == inWidth;
    }
}
