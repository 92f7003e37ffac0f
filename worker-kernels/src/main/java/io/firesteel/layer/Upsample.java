package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Each pixel repeated, the nearest neighbour of those that it becomes: {@code [height, width, channels]} to
 * {@code [height * scale, width * scale, channels]}. No parameters. {@code torch.nn.Upsample(mode="nearest")}.
 *
 * @param scale how often each pixel is repeated, downwards and to the right
 */
public record Upsample(Size2d scale) implements Layer {
    public Upsample(int scale) {
        this(Size2d.of(scale));
    }

    @Override
    public Shape output(Shape in) {
        if (in.rank() != 3)
            throw new IllegalArgumentException(
                    "Upsample takes images [height x width x channels], got [" + in + "]; set the data's shape");
        return new Shape(
                Math.multiplyExact(in.dim(0), scale.height()), Math.multiplyExact(in.dim(1), scale.width()), in.dim(2));
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        int lines = in.dim(0), pixels = in.dim(1), channels = in.dim(2), outWidth = pixels * scale.width() * channels;
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                for (int line = 0; line < p.rows * lines; line++) {
                    int first = line * scale.height() * outWidth, to = first;
                    for (int pixel = line * pixels; pixel < (line + 1) * pixels; pixel++)
                        for (int copy = 0; copy < scale.width(); copy++, to += channels)
                            System.arraycopy(x, pixel * channels, y, to, channels);
                    for (int copy = 1; copy < scale.height(); copy++)
                        System.arraycopy(y, first, y, first + copy * outWidth, outWidth);
                }
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                if (dx == null) return;
                Arrays.fill(dx, 0, p.rows * in.size(), 0);
                for (int outLine = 0, from = 0; outLine < p.rows * lines * scale.height(); outLine++) {
                    int line = outLine / scale.height();
                    for (int pixel = line * pixels; pixel < (line + 1) * pixels; pixel++)
                        for (int copy = 0; copy < scale.width(); copy++, from += channels)
                            for (int c = 0; c < channels; c++) dx[pixel * channels + c] += dy[from + c];
                }
            }
        };
    }

    /** ONNX scales rows, channels, height and width. */
    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        Map<String, ?> attributes =
                Map.of("mode", "nearest", "nearest_mode", "floor", "coordinate_transformation_mode", "asymmetric");
        onnx.addToImages("Resize", attributes, List.of("", new float[] {1, 1, scale.height(), scale.width()}));
    }
}
