package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.GroupNormalization;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.NormalizationOp;
import io.firesteel.op.Op;
import io.firesteel.spec.Default;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * y = w (x - mean) / sqrt(variance + epsilon) + b over groups of neighbouring channels at all pixels of an image;
 * {@code w [channels]} starts at 1, {@code b [channels]} at 0, and neither decays. Rows do not depend on each other. Wu
 * and He 2018; {@code torch.nn.GroupNorm}.
 *
 * @param groups number of groups, a divisor of the number of channels; 1 takes the whole image, as many as channels are
 *     instance normalization
 * @param epsilon added to the variance
 */
public record GroupNorm(int groups, @Default("1e-5") double epsilon) implements Layer {
    private static final List<LayerTensor> TENSORS =
            List.of(LayerTensor.vector("w", "weight"), LayerTensor.vector("b", "bias"));

    public GroupNorm {
        if (groups <= 0) throw new IllegalArgumentException("GroupNorm needs at least one group, got " + groups);
        if (!(epsilon > 0)) throw new IllegalArgumentException("GroupNorm needs epsilon > 0, got " + epsilon);
    }

    public GroupNorm(int groups) {
        this(groups, 1e-5);
    }

    @Override
    public Shape output(Shape in) {
        if (in.rank() != 3)
            throw new IllegalArgumentException("GroupNorm takes images [height x width x channels], got [" + in
                    + "]; put it before Flatten, or use LayerNorm");
        if (in.dim(2) % groups != 0)
            throw new IllegalArgumentException("GroupNorm: " + in.dim(2) + " channels cannot be cut into " + groups
                    + " equal groups; take a divisor of " + in.dim(2));
        return in;
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        int channels = in.dim(2), positions = in.dim(0) * in.dim(1);
        return new NormalizationOp(
                channels,
                new GroupNormalization(binder.maxRows(), positions, channels, groups, epsilon, binder),
                binder);
    }

    @Override
    public List<LayerTensor> tensors() {
        return TENSORS;
    }

    /** Each group as one channel of an instance normalization, since ONNX 17 has none of groups; then w and b. */
    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        int channels = in.dim(2);
        onnx.inside("groups").addToImages("Reshape", Map.of(), List.of(new long[] {0, groups, -1}));
        onnx.inside("normalized")
                .add("InstanceNormalization", Map.of("epsilon", (float) epsilon), List.of(ones(groups), zeros(groups)));
        onnx.inside("channels").add("Reshape", Map.of(), List.of(new long[] {0, channels, in.dim(0), in.dim(1)}));
        List<?> inputs = List.of(TENSORS.get(0), TENSORS.get(1), zeros(channels), ones(channels)); // mean 0, variance 1
        onnx.addToImages("BatchNormalization", Map.of("epsilon", 0f), inputs);
    }

    private static float[] zeros(int n) {
        return new float[n];
    }

    private static float[] ones(int n) {
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
