package io.firesteel.exchange;

import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Safetensors;
import io.firesteel.model.Safetensors.Tensor;
import io.firesteel.model.WeightsFile;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A PyTorch state dict in a safetensors file, written and read. Weights are transposed: {@code Linear [out, in]},
 * {@code Conv2d [out, in, height, width]}, and behind a Flatten those of images, which PyTorch flattens channel by
 * channel.
 */
public final class StateDict {
    private StateDict() {}

    /** What was read, and which of the file's modules went to which layer. */
    public record Imported(float[] params, Map<String, String> layers) {}

    /**
     * Writes the state dict of an {@code nn.Sequential} of the same layers: {@code 0.weight}, {@code 0.bias}, ...;
     * those of a Residual are in a module's {@code 0} and its shortcut's in {@code 1}: {@code 4.0.2.weight}. Does not
     * close.
     */
    public static void write(SavedModel saved, OutputStream out) throws IOException {
        float[] theirs = new float[saved.params().length];
        List<ParamSlice> named = new ArrayList<>();
        for (LayerNode node : LayerNode.of(saved.model())) {
            for (TorchLayout tensor : node.tensors()) {
                ParamSlice slice = tensor.slice();
                float[] transposed = tensor.toTorch(saved.params());
                System.arraycopy(transposed, 0, theirs, slice.offset(), transposed.length);
                named.add(new ParamSlice(
                        node.index() + "." + tensor.name(),
                        slice.offset(),
                        tensor.shape(),
                        slice.role(),
                        slice.init(),
                        slice.fanIn(),
                        slice.fanOut()));
            }
        }
        WeightsFile.write(new ParamLayout(named), theirs, out);
    }

    /**
     * Reads the parameters of {@code model}. A file whose names are those of {@code weights.safetensors} is taken as it
     * stands, and so is one with those of {@link #write}. In any other each module finds its layer by its shape, and
     * among those of one shape by the numbers in its name.
     *
     * @param place opens every message
     * @param given their module to our layer, {@code fc1} to {@code 7-Dense}, for names that do not say it themselves
     * @throws SpecException where a tensor is missing, left over or of another shape, naming it
     */
    public static Imported read(String place, ModelSpec model, Map<String, String> given, InputStream in)
            throws IOException {
        Map<String, Tensor> tensors = Safetensors.read(place, in);
        ParamLayout layout = model.layout();
        float[] params = new float[layout.size()];
        if (given.isEmpty()
                && tensors.keySet()
                        .equals(Set.copyOf(
                                layout.params().stream().map(ParamSlice::name).toList()))) {
            for (ParamSlice param : layout.params())
                System.arraycopy(
                        floats(place, param.name(), tensors.get(param.name()), param.shape()),
                        0,
                        params,
                        param.offset(),
                        param.shape().size());
            WeightsFile.finite(place, layout, params);
            return new Imported(params, Map.of());
        }
        Map<String, String> layers = new LinkedHashMap<>();
        new StateDictMatcher(place, tensors, LayerNode.of(model), given)
                .modules()
                .forEach((to, module) -> {
                    layers.put(module, to.name());
                    for (TorchLayout tensor : to.tensors()) {
                        String name = module + "." + tensor.name();
                        tensor.fromTorch(floats(place, name, tensors.get(name), tensor.shape()), params);
                    }
                });
        WeightsFile.finite(place, layout, params);
        return new Imported(params, layers);
    }

    private static float[] floats(String place, String name, Tensor tensor, Shape wanted) {
        List<Integer> shape = Arrays.stream(wanted.dims()).boxed().toList();
        if (!tensor.shape().equals(shape))
            throw new SpecException(place + ": " + name + " is " + tensor.shape() + ", the model wants " + shape
                    + "; take the model that these weights are of");
        if (tensor.values() == null)
            throw new SpecException(place + ": " + name + " is of " + tensor.type()
                    + ", wanted F32, F64, F16 or BF16; convert it with .float() and save again");
        return tensor.values();
    }
}
