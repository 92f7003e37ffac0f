package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.LayerNormalization;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.NormalizationOp;
import io.firesteel.op.Op;
import io.firesteel.spec.Default;
import java.util.List;
import java.util.Map;

/**
 * y = w (x - mean) / sqrt(variance + epsilon) + b over the last axis: all numbers of a vector, the channels of each
 * pixel of an image; {@code w [channels]} starts at 1, {@code b [channels]} at 0, and neither decays. Ba et al. 2016;
 * {@code torch.nn.LayerNorm}, which takes images with channels last.
 *
 * @param epsilon added to the variance
 */
public record LayerNorm(@Default("1e-5") double epsilon) implements Layer {
    private static final List<LayerTensor> TENSORS =
            List.of(new LayerTensor("w", "weight", List.of(0), 0), new LayerTensor("b", "bias", List.of(0), 0));

    public LayerNorm {
        if (!(epsilon > 0)) throw new IllegalArgumentException("LayerNorm needs epsilon > 0, got " + epsilon);
    }

    public LayerNorm() {
        this(1e-5);
    }

    @Override
    public Shape output(Shape in) {
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        int channels = in.dim(in.rank() - 1), positions = in.size() / channels;
        return new NormalizationOp(
                channels, new LayerNormalization(binder.maxRows(), positions, channels, epsilon, binder), binder);
    }

    @Override
    public List<LayerTensor> tensors() {
        return TENSORS;
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.addToLastAxis("LayerNormalization", Map.of("epsilon", (float) epsilon), TENSORS);
    }
}
