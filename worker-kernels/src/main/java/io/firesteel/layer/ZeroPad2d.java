package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import io.firesteel.spec.Default;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The image with zeros around it: {@code [height, width, channels]} to {@code [top + height + bottom, left + width +
 * right, channels]}. No parameters. {@code torch.nn.ZeroPad2d}.
 *
 * @param left columns of zeros before each line
 * @param right columns of zeros behind each line; as on the left if null
 * @param top lines of zeros above; as on the left if null
 * @param bottom lines of zeros below; as on the right if null
 */
public record ZeroPad2d(
        int left,
        @Default("null") Integer right,
        @Default("null") Integer top,
        @Default("null") Integer bottom) implements Layer {
    public ZeroPad2d {
        if (right == null) right = left;
        if (top == null) top = left;
        if (bottom == null) bottom = right;
        if (Math.min(Math.min(left, right), Math.min(top, bottom)) < 0)
            throw new IllegalArgumentException("ZeroPad2d takes no negative padding, got left " + left + ", right "
                    + right + ", top " + top + ", bottom " + bottom);
    }

    public ZeroPad2d(int padding) {
        this(padding, null, null, null);
    }

    @Override
    public Shape output(Shape in) {
        if (in.rank() != 3)
            throw new IllegalArgumentException(
                    "ZeroPad2d takes images [height x width x channels], got [" + in + "]; set the data's shape");
        return new Shape(top + in.dim(0) + bottom, left + in.dim(1) + right, in.dim(2));
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        int height = in.dim(0), channels = in.dim(2), width = in.dim(1) * channels; // of a line, in floats
        Shape out = output(in);
        int outWidth = out.dim(1) * channels, first = top * outWidth + left * channels;
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                Arrays.fill(y, 0, p.rows * out.size(), 0);
                for (int r = 0; r < p.rows; r++)
                    for (int line = 0; line < height; line++)
                        System.arraycopy(x, inner(r, line), y, outer(r, line), width);
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                if (dx == null) return;
                for (int r = 0; r < p.rows; r++)
                    for (int line = 0; line < height; line++)
                        System.arraycopy(dy, outer(r, line), dx, inner(r, line), width);
            }

            private int inner(int row, int line) {
                return (row * height + line) * width;
            }

            private int outer(int row, int line) {
                return row * out.size() + first + line * outWidth;
            }
        };
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        long[] beforeAndAfter = {0, 0, top, left, 0, 0, bottom, right}; // of rows, channels, height, width
        onnx.addToImages("Pad", Map.of(), List.of(beforeAndAfter));
    }
}
