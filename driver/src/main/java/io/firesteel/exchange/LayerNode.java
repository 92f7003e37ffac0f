package io.firesteel.exchange;

import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.Layer;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.model.ModelSpec;
import io.firesteel.spec.SpecException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A layer that has parameters, however deep it is nested.
 *
 * @param name as in parameter names: {@code 7-Dense}, or {@code 8-Sequential/0-Dense} of a nested one
 * @param tensors at least one, in the order in which the layer declares them
 */
record LayerNode(String name, List<TorchLayout> tensors) {

    /** All layers of the model that have parameters, from input to output. */
    static List<LayerNode> of(ModelSpec model) {
        List<LayerNode> nodes = new ArrayList<>();
        collect("", model.net(), model.input(), null, slices(model), nodes);
        return nodes;
    }

    /** The model's slices by their names. */
    static Map<String, ParamSlice> slices(ModelSpec model) {
        Map<String, ParamSlice> slices = new HashMap<>();
        for (ParamSlice slice : model.layout().params()) slices.put(slice.name(), slice);
        return slices;
    }

    /** Returns the image behind the numbers that the layer gives, null where there is none. */
    private static Shape collect(
            String name, Layer layer, Shape in, Shape image, Map<String, ParamSlice> slices, List<LayerNode> nodes) {
        List<TorchLayout> tensors = new ArrayList<>();
        for (LayerTensor tensor : layer.tensors())
            tensors.add(new TorchLayout(tensor, slices.get(name + "/" + tensor.name()), image));
        if (!tensors.isEmpty()) nodes.add(new LayerNode(name, tensors));
        List<Layer.Child> children = layer.children(in);
        if (children.isEmpty()) return image(layer, in, image);
        List<Shape> images = new ArrayList<>();
        Shape last = image;
        for (Layer.Child child : children) {
            Shape from = layer.addsChildren() ? image : last;
            last = collect(inside(name, child.name()), child.layer(), child.in(), from, slices, nodes);
            images.add(last);
        }
        if (layer.addsChildren()) checkOneOrder(name, images, children.size() == 1 ? image : last);
        return last;
    }

    private static Shape image(Layer layer, Shape in, Shape image) {
        if (layer.onlyReshapes() && in.rank() == 3 && layer.output(in).rank() == 1)
            return in.dim(0) * in.dim(1) == 1 || in.dim(2) == 1 ? null : in; // in one order with and without them
        boolean mixed = layer.tensors().stream().anyMatch(LayerTensor::mixesInputs);
        return mixed || layer.output(in).rank() > 1 ? null : image;
    }

    private static void checkOneOrder(String name, List<Shape> images, Shape other) {
        for (Shape image : images)
            if (!Objects.equals(image, other))
                throw new SpecException(name + " adds a flattened image [" + (image == null ? other : image)
                        + "] to numbers in another order, and PyTorch flattens channel by channel; put Dense before "
                        + name + ", or export as onnx");
    }

    /** The name of a layer inside another one; the net itself has none. */
    static String inside(String name, String child) {
        return name.isEmpty() ? child : name + "/" + child;
    }

    /** The tensor by which a module of a state dict is recognized. */
    TorchLayout first() {
        return tensors.get(0);
    }

    /** {@code 8.0}: the layer's name in an {@code nn.Sequential} of the same layers. */
    String index() {
        return name.replaceAll("-\\w+", "").replace('/', '.');
    }
}
