package io.firesteel.bench;

import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A model in libtorch with the same weights, in PyTorch's own layouts: images nchw, kernels [out, in, height, width].
 */
final class TorchStep {
    private final List<UnaryOperator<Tensor>> operations = new ArrayList<>();
    private final List<Tensor> params = new ArrayList<>();
    private final SGD optimizer;
    private final Tensor x;
    private final Tensor labels;

    /** Loads rows of x in the model's layout. */
    TorchStep(ModelSpec model, float[] weights, int rows, float[] x, float[] labels, double rate) {
        torch.set_num_threads(1);
        model.net().writeOnnx(model.input(), new Operations(model, weights));
        for (Tensor param : params) param.set_requires_grad(true);
        this.optimizer = new SGD(new TensorVector(params.toArray(new Tensor[0])), new SGDOptions(rate));
        this.x = images(x, rows, model.input());
        long[] targets = new long[rows];
        for (int i = 0; i < rows; i++) targets[i] = (long) labels[i];
        this.labels = torch.tensor(targets);
    }

    static int threads() {
        torch.set_num_threads(1);
        return torch.get_num_threads();
    }

    /** One step of plain gradient descent; returns the mean loss before it. */
    @SuppressWarnings("try") // the scope frees the tensors of the step
    float step(boolean read) {
        try (PointerScope scope = new PointerScope()) {
            optimizer.zero_grad();
            Tensor loss = torch.cross_entropy_loss(forward(), labels);
            loss.backward();
            optimizer.step();
            return read ? loss.item_float() : 0;
        }
    }

    private Tensor forward() {
        Tensor y = x;
        for (UnaryOperator<Tensor> operation : operations) y = operation.apply(y);
        return y;
    }

    /** Takes the net's layers as the operations that they write to ONNX. */
    private final class Operations implements OnnxWriter {
        private final Iterator<ParamSlice> slices;
        private final float[] weights;
        private Shape image; // that was flattened into the next layer's input

        Operations(ModelSpec model, float[] weights) {
            this.slices = model.layout().params().iterator();
            this.weights = weights;
        }

        @Override
        public OnnxWriter inside(String name) {
            return this;
        }

        @Override
        public void add(String operation, Map<String, ?> attributes, List<?> inputs) {
            int first = params.size();
            for (Object input : inputs) {
                LayerTensor tensor = (LayerTensor) input;
                ParamSlice slice = slices.next();
                Shape ours = slice.shape();
                params.add(
                        ours.rank() == 1
                                ? plain(weights, slice)
                                : channelsFirst(
                                        weights,
                                        slice,
                                        ours.rank() == 4
                                                ? new Shape(ours.dim(0), ours.dim(1), ours.dim(2))
                                                : image == null ? new Shape(ours.dim(0)) : image));
                if (tensor.mixesInputs()) image = null;
            }
            operations.add(
                    switch (operation) {
                        case "Gemm" ->
                            y -> torch.linear(y, params.get(first), new TensorOptional(params.get(first + 1)));
                        case "Relu" -> torch::relu;
                        case "MaxPool" -> y -> torch.max_pool2d(y, numbers(attributes, "kernel_shape"));
                        case "Conv" ->
                            y -> torch.conv2d(
                                    y,
                                    params.get(first),
                                    new TensorOptional(params.get(first + 1)),
                                    numbers(attributes, "strides"),
                                    Arrays.copyOf(numbers(attributes, "pads"), 2),
                                    new long[] {1, 1},
                                    1);
                        default -> throw new IllegalArgumentException("no libtorch for " + operation);
                    });
        }

        @Override
        public void addToImages(String operation, Map<String, ?> attributes, List<?> inputs) {
            add(operation, attributes, inputs);
        }

        @Override
        public void addToLastAxis(String operation, Map<String, ?> attributes, List<?> inputs) {
            add(operation, attributes, inputs);
        }

        @Override
        public void combine(String operation, Runnable first, Runnable second) {
            throw new IllegalArgumentException("no libtorch for a branch");
        }

        @Override
        public void flatten(Shape in) {
            image = in;
            operations.add(y -> torch.flatten(y, 1, -1));
        }

        @Override
        public void reshape(Shape out) {
            throw new IllegalArgumentException("no libtorch for a reshape");
        }

        private static long[] numbers(Map<String, ?> attributes, String name) {
            return ((List<?>) attributes.get(name))
                    .stream().mapToLong(each -> (Integer) each).toArray();
        }
    }

    /** [height, width, channels, out] or [in, out] as [out, channels, height, width] or [out, in]. */
    private static Tensor channelsFirst(float[] weights, ParamSlice slice, Shape from) {
        int out = slice.shape().dim(slice.shape().rank() - 1);
        float[] transposed = new float[slice.shape().size()];
        for (int i = 0; i < transposed.length; i++) {
            int k = i / out, channels = from.dim(from.rank() - 1), places = from.size() / channels;
            transposed[i % out * from.size() + k % channels * places + k / channels] = weights[slice.offset() + i];
        }
        Tensor flat = torch.tensor(transposed);
        return slice.shape().rank() == 4
                ? flat.reshape(out, from.dim(2), from.dim(0), from.dim(1))
                : flat.reshape(out, from.size());
    }

    private static Tensor plain(float[] weights, ParamSlice slice) {
        return torch.tensor(Arrays.copyOfRange(
                weights, slice.offset(), slice.offset() + slice.shape().size()));
    }

    private static Tensor images(float[] x, int rows, Shape in) {
        Tensor flat = torch.tensor(Arrays.copyOf(x, rows * in.size()));
        return in.rank() == 1
                ? flat.reshape(rows, in.size())
                : flat.reshape(rows, in.dim(0), in.dim(1), in.dim(2))
                        .permute(0, 3, 1, 2)
                        .contiguous();
    }
}
