package io.firesteel.layer;

import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.SlidingWindow;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import java.util.List;
import java.util.Map;

/**
 * The mean of each channel over the whole image: {@code [height, width, channels]} to {@code [channels]}. No
 * parameters. Lin et al. 2014; {@code torch.nn.AdaptiveAvgPool2d(1)} and Flatten.
 */
public record GlobalAveragePool2d() implements Layer {
    /** A kernel as large as the image. */
    private static SlidingWindow window(Shape in) {
        Size2d kernel = in.rank() == 3 ? new Size2d(in.dim(0), in.dim(1)) : Size2d.of(1);
        return SlidingWindow.of("GlobalAveragePool2d", in, kernel, Size2d.of(1), Padding.VALID);
    }

    @Override
    public Shape output(Shape in) {
        return new Shape(window(in).channels());
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return AveragePool2d.average(window(in));
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.addToImages("GlobalAveragePool", Map.of(), List.of());
        onnx.inside("channels").flatten(new Shape(1, 1, in.dim(2)));
    }
}
